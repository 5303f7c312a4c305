// The libraries of all islands. Imported by every script, they stay together in one file: apart
// they would be four requests, and weigh more.
import "preact/jsx-runtime";
import "preact/hooks";
import "@preact/signals";
