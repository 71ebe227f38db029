/** Why signing did not happen. Apart from the code that signs, which is fetched later than the first screen. */

/** This phone's enrolment is not finished. */
export class NotEnrolled extends Error {}

/** The PIN was changed in another tab: keys wrapped with this vault would be lost. */
export class StaleVault extends Error {}
