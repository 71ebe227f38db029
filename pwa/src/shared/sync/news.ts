import { NEWS_CHANNEL, type News } from './messages'

/** Tell every open tab, this one included: a channel does not echo to the object that spoke. */
export function tell(news: News): void {
  const channel = new BroadcastChannel(NEWS_CHANNEL)
  channel.postMessage(news)
  channel.close()
}

/** Hear what any tab or worker tells; returns the way to stop listening. */
export function hear(listener: (news: News) => void): () => void {
  const channel = new BroadcastChannel(NEWS_CHANNEL)
  channel.onmessage = ({ data }: MessageEvent<News>) => listener(data)
  return () => channel.close()
}
