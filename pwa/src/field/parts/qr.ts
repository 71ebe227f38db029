/** Reading QR codes from the camera: the browser's own detector where there is one, else jsQR, fetched only then. */

type Reader = (video: HTMLVideoElement) => Promise<string | null>

interface Detector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>
}
type DetectorClass = { new (options: { formats: string[] }): Detector; getSupportedFormats: () => Promise<string[]> }

/** A function that looks at the present picture and returns the text of a QR code in it, or null. */
export async function createQrReader(): Promise<Reader> {
  const native = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (native && (await native.getSupportedFormats()).includes('qr_code')) {
    const detector = new native({ formats: ['qr_code'] })
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null
  }
  const { default: jsQR } = await import('jsqr')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas')
  return (video) => {
    canvas.width = video.videoWidth
    canvas.height = video.videoHeight
    if (!canvas.width) return Promise.resolve(null)
    context.drawImage(video, 0, 0)
    const picture = context.getImageData(0, 0, canvas.width, canvas.height)
    return Promise.resolve(jsQR(picture.data, canvas.width, canvas.height)?.data ?? null)
  }
}
