/** Which server is played: what customers run (product 2.14 to 2.16), or the development head of 2026. */
export type Generation = 'released' | 'main'
