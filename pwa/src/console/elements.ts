/** The parts of Element Plus that the console uses: named here one by one, so the build leaves out the rest. */
import type { App } from 'vue'
import {
  ElAlert, ElButton, ElCheckbox, ElCheckboxGroup, ElConfigProvider, ElDatePicker, ElDialog, ElDrawer, ElEmpty,
  ElForm, ElFormItem, ElIcon, ElInput, ElInputNumber, ElLoading, ElOption, ElPopconfirm, ElRadio, ElRadioButton,
  ElRadioGroup, ElSelect, ElSwitch, ElTable, ElTableColumn, ElTag, ElTooltip, ElTree, ElTreeSelect,
} from 'element-plus'

const PARTS = [
  ElAlert, ElButton, ElCheckbox, ElCheckboxGroup, ElConfigProvider, ElDatePicker, ElDialog, ElDrawer, ElEmpty,
  ElForm, ElFormItem, ElIcon, ElInput, ElInputNumber, ElLoading, ElOption, ElPopconfirm, ElRadio, ElRadioButton,
  ElRadioGroup, ElSelect, ElSwitch, ElTable, ElTableColumn, ElTag, ElTooltip, ElTree, ElTreeSelect,
]

export function installElements(app: App): void {
  for (const part of PARTS) app.use(part)
}
