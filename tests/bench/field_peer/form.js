/**
 * A bare form in Preact, the least that a browser can be asked for: 17 questions, 2 photos, 1 position,
 * kept in IndexedDB as they are, offline by a service worker of a few lines. Nothing is encrypted, signed or sent.
 */
import { h, render } from 'preact'

const QUESTIONS = 17
const answers = { answers: {}, photos: 0, place: null }

const opening = new Promise((resolve, reject) => {
  const asked = indexedDB.open('bare', 1)
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore('photos', { autoIncrement: true })
    asked.result.createObjectStore('forms', { autoIncrement: true })
  }
  asked.onsuccess = () => resolve(asked.result)
  asked.onerror = () => reject(asked.error)
})

async function keep(store, value) {
  const transaction = (await opening).transaction(store, 'readwrite', { durability: 'strict' })
  transaction.objectStore(store).put(value)
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve
    transaction.onabort = () => reject(transaction.error)
  })
}

async function preview(file) {
  const bitmap = await createImageBitmap(file, { resizeWidth: 240 })
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  canvas.getContext('2d').drawImage(bitmap, 0, 0)
  return URL.createObjectURL(await canvas.convertToBlob({ type: 'image/jpeg' }))
}

const thumbs = []
async function addPhoto(event) {
  const input = event.target
  const [file] = input.files
  input.value = ''
  await keep('photos', file)
  thumbs.push(await preview(file))
  answers.photos += 1
  draw()
}

async function submit() {
  await keep('forms', answers)
  draw(true)
}

function locate() {
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    answers.place = [coords.latitude, coords.longitude]
    draw()
  })
}

function question(number) {
  const choice = (value) => h('button', {
    'data-testid': `answer-${number}-${value}`,
    'aria-pressed': answers.answers[number] === value,
    onClick: () => { answers.answers[number] = value; draw() },
  }, value)
  return h('fieldset', null, h('legend', null, `Question ${number}`), choice('yes'), choice('no'))
}

function draw(sent = false) {
  render(h('div', null,
    Array.from({ length: QUESTIONS }, (_, number) => question(number)),
    h('input', { type: 'file', accept: 'image/*', 'data-testid': 'file', onChange: addPhoto }),
    thumbs.map((src) => h('img', { src, 'data-testid': 'thumb' })),
    h('button', { onClick: locate }, answers.place ? answers.place.join(' ') : 'Position'),
    h('button', { 'data-testid': 'submit', onClick: submit }, 'Submit'),
    sent && h('p', { 'data-testid': 'entry' }, 'Kept'),
  ), document.getElementById('app'))
}

draw()
void navigator.serviceWorker.register('/sw.js')
