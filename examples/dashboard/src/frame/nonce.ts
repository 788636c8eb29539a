/** The nonce of this page, which styles need by its content security policy. Vite writes the element. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''
