// Before the first paint: otherwise a dark page would flash white. The name is Mantine's own.
const chosen = localStorage.getItem('mantine-color-scheme-value')
const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
document.documentElement.dataset.mantineColorScheme = chosen === 'light' || chosen === 'dark' ? chosen : system
