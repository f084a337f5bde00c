/** A form that is wrong in itself, whatever the schema says. Thrown inside the decoder, answered by `decodeForm`. */
export class FormRefusal extends Error {
  readonly status: 400 | 413;

  constructor(status: 400 | 413, message: string) {
    super(message);
    this.name = 'FormRefusal';
    this.status = status;
  }
}
