// Loaded before a program, this moves its dates so that it starts at the instant that MOVED_DATE names, and goes on from there.
const RealDate = Date
const offset = RealDate.parse(process.env.MOVED_DATE) - RealDate.now()

globalThis.Date = class MovedDate extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + offset)
    else super(...parts)
  }

  static now() {
    return RealDate.now() + offset
  }
}
