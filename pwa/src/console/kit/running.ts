/** The running campaigns that have a rulebook: what the pages of registers, supervision and cycles choose from. */
import { computed, onMounted, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, unwrap, type Schema } from '../../shared/api/client'
import { useAction } from './action'

export type Running = Schema<'RunningCampaign'>
export type Section = 'registers' | 'supervision' | 'cycles'

/** The campaign that the address names, else the first that has the section. */
export function useRunning(section: Section) {
  const route = useRoute()
  const router = useRouter()
  const all = shallowRef<Running[]>([])
  const loaded = ref(false)
  const { run } = useAction({ toast: true })
  const choices = computed(() => all.value.filter((one) => one[section]))
  const chosen = ref('')

  onMounted(async () => {
    await run(async () => { all.value = (await unwrap(api.GET('/api/v1/running-campaigns'))).items })
    const asked = choices.value.find((one) => one.id === route.query.campaign) ?? choices.value[0]
    chosen.value = asked?.id ?? ''
    loaded.value = true
  })
  watch(chosen, (id) => { if (id && route.query.campaign !== id) void router.replace({ query: { ...route.query, campaign: id } }) })

  return { choices, chosen, loaded }
}
