/** The demo's customer registry, as the text of a registry file. Claims the resources of both stand-ins' demo data. */
export const DEMO_REGISTRY = `# Which customer claims which resources, and how shared cost is divided.
customers:
  - key: wcc
    name: WCC Hosting
    claims:
      - prefix: customer-wcc
    buyers: ["101"]
  - key: acme
    name: Acme Analytics Ltd
    claims:
      - prefix: customer-acme
    buyers: ["102"]
  - key: acme2
    name: Acme 2 Labs
    claims:
      - prefix: customer-acme2
    buyers: ["114"]
  - key: piwakawaka
    name: Pīwakawaka Ltd
    claims:
      - prefix: customer-pīwakawaka
    buyers: ["103"]

pools:
  - name: kubernetes
    match: { prefix: shared-k8s }
    policy: PROPORTIONAL
  - name: monitoring
    match: { prefix: internal-monitoring }
    policy: WEIGHTS
    weights: { wcc: 3, acme: 1 }
  - name: company
    match: { prefix: internal }
    policy: UNALLOCATED
  - name: addresses
    match: { category: Network }
    policy: EVEN

exchangeRates:
  "2026-10": { NZD: { EUR: "0.55" } }
`
