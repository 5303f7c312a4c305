/** An error that ends the request with a status of its own. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message = "", options?: ErrorOptions) {
    super(message, options);
    this.name = "HttpError";
    this.status = status;
  }
}
