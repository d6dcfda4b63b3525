// Package adaptertest is one scripted conversation that every adapter passes:
// what a person says on a platform, and what that person must see in reply.
package adaptertest
