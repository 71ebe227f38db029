import tseslint from 'typescript-eslint'
import vue from 'eslint-plugin-vue'
import parser from 'vue-eslint-parser'

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'src/shared/api/generated.d.ts'] },
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parser, parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.vue'] } },
  },
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      // Layout of templates is a matter of width, not of counting attributes.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/html-indent': 'off',
    },
  },
  {
    // Capture never talks to the network: only the sync worker does. The verifier has none at all.
    files: ['src/field/**', 'src/domain/**', 'src/shared/capture/**', 'src/shared/store/**', 'src/shared/crypto/**', 'src/verifier/**'],
    rules: {
      'no-restricted-globals': ['error', 'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'localStorage', 'sessionStorage'],
    },
  },
  {
    // Every word a person reads stands in the catalogues.
    files: ['src/field/**/*.vue', 'src/verifier/**/*.vue'],
    rules: { 'vue/no-bare-strings-in-template': 'error' },
  },
  {
    // Signs that part the console's dense lines, keys as they stand on the keyboard, names of standards.
    files: ['src/console/**/*.vue'],
    rules: {
      'vue/no-bare-strings-in-template': ['error', { allowlist: ['·', '—', '–', '-', '/', '+', '×', '(', ')', '（', '）', '：', ':', '%', 'v', '#', '.', ',', '←', '→', '?', '✕', '±', '↑', '↓', '＋', 'a', 'c', 'd', 'j', 'm', 'n', 'N', 'o', 'p', 'r', 's', 'u', 'x', 'y', 'z', 'Tab', 'Shift', 'Delete', 'PDF SHA-256', 'SHA-256', 'WGS-84'] }],
    },
  },
)
