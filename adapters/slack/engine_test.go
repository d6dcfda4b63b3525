package slack

import (
	"verbatim/adapters/adaptertest"
	"verbatim/answers"
)

// asking is an engine that has other questions to try.
type asking struct {
	*adaptertest.Engine
	questions []string
}

func (e *asking) About(source string) answers.About {
	about := e.Engine.About(source)
	about.Questions = e.questions
	return about
}
