/** The map library, in a chunk of its own. Positions are WGS-84; 天地图 needs no shift against it. */
import { AttributionControl, LngLatBounds, Map as MapView, NavigationControl, Popup, ScaleControl, setWorkerUrl, type GeoJSONSource, type StyleSpecification } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import type { SeenPlace } from './figures'

const E7 = 1e7
const CLOSEST = 15
const PLACES = 'places'
setWorkerUrl(worker)

/** Draw sites over 天地图's tiles, or over nothing but a plain ground where the office has no key for them. */
export function drawMap(into: HTMLElement, tiles: string[], described: (place: SeenPlace) => string): { show: (places: SeenPlace[]) => void; remove: () => void } {
  const view = new MapView({ container: into, style: style(tiles), attributionControl: false, dragRotate: false, pitchWithRotate: false, center: [105, 35], zoom: 3 })
  view.touchZoomRotate.disableRotation()
  view.addControl(new NavigationControl({ showCompass: false }))
  view.addControl(new ScaleControl({ unit: 'metric' }))
  if (tiles.length > 0) view.addControl(new AttributionControl({ customAttribution: '天地图' }))
  let known: SeenPlace[] = []
  const loaded = new Promise<void>((resolve) => view.on('load', () => resolve()))
  view.on('click', PLACES, (event) => {
    const place = known.find((one) => one.site_id === event.features?.[0]?.properties.id)
    if (place !== undefined) new Popup({ closeButton: true }).setLngLat(position(place)).setText(described(place)).addTo(view)
  })

  async function show(places: SeenPlace[]): Promise<void> {
    await loaded
    known = places
    view.getSource<GeoJSONSource>(PLACES)?.setData(collection(places))
    if (places.length > 0) view.fitBounds(boundsOf(places), { padding: 40, maxZoom: CLOSEST, animate: false })
  }

  return { show: (places) => void show(places), remove: () => view.remove() }
}

function style(tiles: string[]): StyleSpecification {
  const raster = tiles.map((tile, layer) => [`tiles-${layer}`, { type: 'raster', tiles: [tile], tileSize: 256, maxzoom: 18 }] as const)
  return {
    version: 8,
    sources: { ...Object.fromEntries(raster), [PLACES]: { type: 'geojson', data: collection([]) } },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': '#eef2f5' } },
      ...raster.map(([id]) => ({ id, type: 'raster', source: id }) as const),
      {
        id: PLACES, type: 'circle', source: PLACES,
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['get', 'visits'], 1, 7, 50, 18],
          'circle-color': ['case', ['>', ['get', 'findings'], 0], '#b3261e', '#2a6f3b'],
          'circle-opacity': 0.75, 'circle-stroke-color': '#fff', 'circle-stroke-width': 1.5,
        },
      },
    ],
  }
}

function collection(places: SeenPlace[]): Extract<Parameters<GeoJSONSource['setData']>[0], { type: 'FeatureCollection' }> {
  return {
    type: 'FeatureCollection',
    features: places.map((one) => ({
      type: 'Feature', geometry: { type: 'Point', coordinates: position(one) },
      properties: { id: one.site_id, visits: one.visits, findings: one.findings },
    })),
  }
}

const position = (place: SeenPlace): [number, number] => [place.lon_e7 / E7, place.lat_e7 / E7]

function boundsOf(places: SeenPlace[]): LngLatBounds {
  return places.reduce((bounds, one) => bounds.extend(position(one)), new LngLatBounds())
}
