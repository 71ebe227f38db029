/** Name and version of this app as records state it (`origin.app`). */
export const APP = `anfang-field/${__APP_VERSION__}`
