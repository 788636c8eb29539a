/** Version of the server: the released ones (product 2.14 to 2.16), or the development branch of 2026. */
export type Generation = 'released' | 'main'
