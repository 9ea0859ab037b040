import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isHeic } from '../../../client/screens/clients/photo/encode-photo.ts'
import { pictureSources } from '../../../client/screens/clients/photo/links/sources.ts'
import {
  areaOf,
  kept,
  middleOf,
  photoSize,
} from '../../../client/screens/clients/photo/photo-crop.ts'

const camera = { width: 4000, height: 3000 }

describe('the frame of a photo', () => {
  test('takes the largest square of the middle at first', () => {
    expect(areaOf(camera, middleOf(camera, 'square'))).toEqual({
      left: 500,
      top: 0,
      width: 3000,
      height: 3000,
    })
  })

  test('is two by three for a portrait, and all of the picture where nothing is cut off', () => {
    expect(areaOf(camera, middleOf(camera, 'portrait'))).toEqual({
      left: 1000,
      top: 0,
      width: 2000,
      height: 3000,
    })
    expect(areaOf(camera, middleOf(camera, 'whole'))).toEqual({ left: 0, top: 0, ...camera })
  })

  test('moved past the edge it stops there; zoomed in it takes less', () => {
    const moved = kept(camera, { ...middleOf(camera, 'square'), x: -100, zoom: 2 })
    // Half of 3000 is taken, the middle of it 750 from the edge.
    expect(areaOf(camera, moved)).toEqual({ left: 0, top: 750, width: 1500, height: 1500 })
  })

  test('never leaves the picture, whatever is asked', () => {
    fc.assert(
      fc.property(
        fc.record({
          width: fc.integer({ min: 1, max: 9000 }),
          height: fc.integer({ min: 1, max: 9000 }),
        }),
        fc.record({
          shape: fc.constantFrom('square' as const, 'portrait' as const, 'whole' as const),
          x: fc.integer({ min: -9000, max: 18_000 }),
          y: fc.integer({ min: -9000, max: 18_000 }),
          zoom: fc.double({ min: -1, max: 50, noNaN: true }),
        }),
        (picture, crop) => {
          const { left, top, width, height } = areaOf(picture, crop)
          const almost = 1e-6 // the arithmetic of fractions
          expect(left).toBeGreaterThanOrEqual(-almost)
          expect(top).toBeGreaterThanOrEqual(-almost)
          expect(left + width).toBeLessThanOrEqual(picture.width + almost)
          expect(top + height).toBeLessThanOrEqual(picture.height + almost)
          const photo = photoSize({ width, height })
          expect(photo.width).toBeLessThanOrEqual(200)
          expect(photo.height).toBeLessThanOrEqual(300)
          expect(Math.min(photo.width, photo.height)).toBeGreaterThan(0)
        },
      ),
    )
  })
})

describe('the size of a photo', () => {
  test('is at most 200 × 300, in the proportions of the frame', () => {
    expect(photoSize({ width: 2000, height: 3000 })).toEqual({ width: 200, height: 300 })
    expect(photoSize({ width: 3000, height: 3000 })).toEqual({ width: 200, height: 200 })
    expect(photoSize({ width: 4000, height: 1000 })).toEqual({ width: 200, height: 50 })
  })
  test('a small picture is not blown up', () => {
    expect(photoSize({ width: 64, height: 48 })).toEqual({ width: 64, height: 48 })
  })
})

describe('where pictures of a contact may be', () => {
  const of = (contact: Parameters<typeof pictureSources>[0]) =>
    pictureSources(contact).map(({ link, network, address }) => [link, network?.ru, address])

  test('its links as they were typed, and its names in messengers', () => {
    const links = [
      'vk.com/romashka',
      'http://www.romashka.ru/',
      'https://ok.ru/group/5?a=1',
      'окна.рф',
    ]
    const messengers = [
      { kind: 'telegram', value: '@romashka' },
      { kind: 'telegram', value: 'https://t.me/romashka_news' },
      { kind: 'vk', value: 'romashka' },
      { kind: 'max', value: 'https://max.ru/romashka' },
    ]
    expect(of({ links: links.map((value) => ({ value })), messengers })).toEqual([
      ['https://vk.com/romashka', 'ВКонтакте', 'vk.com/romashka'],
      ['http://www.romashka.ru/', undefined, 'romashka.ru'],
      ['https://ok.ru/group/5?a=1', 'Одноклассники', 'ok.ru/group/5?a=1'],
      ['https://xn--80atjc.xn--p1ai/', undefined, 'окна.рф'],
      ['https://t.me/romashka', 'Telegram', 't.me/romashka'],
      ['https://t.me/romashka_news', 'Telegram', 't.me/romashka_news'],
      ['https://max.ru/romashka', 'MAX', 'max.ru/romashka'],
    ])
  })

  test('are not numbers, talks, words and other programs', () => {
    const links = ['нет', 'mailto:anna@romashka.ru', 'javascript:alert(1)', 'localhost/admin', '']
    const messengers = [
      { kind: 'telegram', value: '+7 916 123-45-67' },
      { kind: 'whatsapp', value: '+7 916 123-45-67' },
      { kind: 'viber', value: '+7 916 123-45-67' },
      { kind: 'skype', value: 'anna' },
      { kind: 'max', value: 'anna' },
      { kind: 'other', value: 'anna' },
    ]
    expect(of({ links: links.map((value) => ({ value })), messengers })).toEqual([])
    expect(of({})).toEqual([])
  })

  test('are twelve at most', () => {
    const links = Array.from({ length: 40 }, (_, n) => ({ value: `vk.com/id${n}` }))
    expect(of({ links })).toHaveLength(12)
  })
})

test('a picture of an iPhone is known by its type or its name', () => {
  expect(isHeic(new Blob([], { type: 'image/heic' }), 'IMG_1')).toBe(true)
  expect(isHeic(new Blob([]), 'IMG_1.HEIC')).toBe(true)
  expect(isHeic(new Blob([], { type: 'image/jpeg' }), 'IMG_1.jpg')).toBe(false)
})
