/** A picture of 3 × 2 pixels in each format that a logo may have, as a browser wrote it. */
export const PICTURES = {
  "png": bytes(
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAAEklEQVR4AWI6o6T0H4aZGJAAAAAA//9pvM2U" +
      "AAAABklEQVQDAHfwBjJrw3adAAAAAElFTkSuQmCC",
  ),
  "jpeg": bytes(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxO" +
      "QERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2Nj" +
      "Y2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAA" +
      "AAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAABAb/xAAUEQEA" +
      "AAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCSACqH/9k=",
  ),
  "webp": bytes(
    "UklGRjYAAABXRUJQVlA4ICoAAACQAQCdASoDAAIAAsBMJaACdLoAA5gA/uy9j18AU9Uf/PTP62/j/xkAAAA=",
  ),
  "webp lossless": bytes(
    "UklGRh4AAABXRUJQVlA4TBEAAAAvAkAAAAdQkTJXpP+BiOh/AAA=",
  ),
  "webp with alpha": bytes(
    "UklGRlgAAABXRUJQVlA4WAoAAAAQAAAAAgAAAQAAQUxQSAcAAAAAgICAgICAAFZQOCAqAAAAkAEAnQEqAwAC" +
      "AALATCWgAnS6AAOYAP7svY9fAFPVH/z0z+tv4/8ZAAAA",
  ),
};

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
