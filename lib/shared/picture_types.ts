/** Types of pictures that people send; with this list iPhones convert theirs to JPEG. */
export const PICTURE_TYPES = "image/jpeg,image/png,image/webp";
