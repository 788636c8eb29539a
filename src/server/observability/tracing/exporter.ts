import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace'
import type { Logger } from 'pino'

type Export = Parameters<SpanExporter['export']>

/** Sends spans by OTLP to where `OTEL_EXPORTER_OTLP_ENDPOINT` says, and logs when that begins to fail and when it works again. */
export class LoggedExporter implements SpanExporter {
  private readonly exporter = new OTLPTraceExporter()
  private isFailing = false

  constructor(private readonly logger: Logger) {}

  export(spans: ReadableSpan[], done: Export[1]): void {
    this.exporter.export(spans, result => {
      const hasFailed = result.code !== 0
      if (hasFailed !== this.isFailing) {
        this.isFailing = hasFailed
        // The error's message may hold the endpoint, and that a password.
        if (hasFailed) this.logger.warn('traces are lost: the server of OTEL_EXPORTER_OTLP_ENDPOINT does not take them')
        else this.logger.info('traces are sent again')
      }
      done(result)
    })
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown()
  }
}
