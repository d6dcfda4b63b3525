package corpus

import (
	"verbatim/corpus/attribution"
)

// Speech is a run of a source that the text credits to somebody.
type Speech struct {
	// Quote is the run: a quotation with its marks, a sentence that reports, a turn
	// of a transcript without the speaker's name, or a sentence of an author who
	// writes in the first person.
	Quote Quote
	// Words are the words spoken, without quotation marks; zero for a report.
	Words Quote
	// Form says how the text gives them. An attribution.Partial is a part of a
	// sentence that reports.
	Form attribution.Form
	// Attribution and Speaker say who is credited, as for a Passage. A partial
	// quotation is Reported, or Others, as the sentence is that it stands in.
	Attribution Attribution
	Speaker     string
	// Unsure: Speaker is a pronoun, or nobody is credited.
	Unsure bool
}

// Spoken reports whether somebody's own words are in the speech, in quotation marks
// or in a turn, be they a whole sentence or a part of one.
func (s Speech) Spoken() bool { return !s.Words.IsZero() }

// attributed reads who says what in the source, once.
func (s *Source) attributed() *attribution.Result {
	s.reading.Do(func() { s.said = attribution.Read(s.text, s.paragraphs, s.meta.Author) })
	return &s.said
}

// Speeches returns who says what in the source, in text order, as it is read from
// the text: also where a curator made the passages. Speeches do not overlap, except
// that parts of a sentence in quotation marks lie in a sentence that reports.
func (s *Source) Speeches() []Speech {
	all := s.attributed().Speeches
	out := make([]Speech, len(all))
	for i, sp := range all {
		out[i] = s.speech(sp)
	}
	return out
}

func (s *Source) speech(sp attribution.Speech) Speech {
	out := Speech{Quote: Quote{s, sp.Start, sp.End}, Form: sp.Form, Attribution: sp.Kind, Speaker: sp.Speaker, Unsure: sp.Unsure}
	if sp.Form != attribution.Report {
		out.Words = Quote{s, sp.Words.Start, sp.Words.End}
	}
	return out
}

// SpeechesIn returns the speeches that share a byte with a run of the text, in order.
// A speech whose Words hold the whole run says that its Speaker spoke it.
func (s *Source) SpeechesIn(start, end int) []Speech {
	var out []Speech
	for _, sp := range s.attributed().Speeches {
		if sp.Start < end && start < sp.End {
			out = append(out, s.speech(sp))
		}
	}
	return out
}

// QuotedIn returns the quotation inside a turn that holds a run of the text, where the turn
// credits it to somebody else. Its Speaker tells both: "Bo Lind (quoted by Ada Brown)".
func (s *Source) QuotedIn(start, end int) (Speech, bool) {
	for _, q := range s.attributed().Quoted {
		if q.Words.Start > start || end > q.Words.End {
			continue
		}
		out := s.speech(q)
		for _, turn := range s.SpeechesIn(start, end) {
			if turn.Form == attribution.Turn && turn.Speaker != q.Speaker {
				out.Speaker += " (quoted by " + turn.Speaker + ")"
			}
		}
		return out, true
	}
	return Speech{}, false
}

// Author returns who writes or speaks the whole text in the first person: the full
// name, attribution.TheAuthor where the text does not tell it, empty where the text
// is no first-person text. A reporter's byline makes nobody its Author.
func (s *Source) Author() string { return s.attributed().Author }

// IsPerson reports whether somebody of that name in the source is a person for sure: by a title, a
// role, or "he" and "she".
func (s *Source) IsPerson(name string) bool { return s.attributed().IsPerson(name) }

// Who returns the full name of the person or body of the text that somebody means by
// a name as people type it: a surname, a given name, the beginning of one, a name
// with a title, a role ("the mayor"), in any case of letters. It returns false where
// nobody or several fit.
func (s *Source) Who(name string) (full string, ok bool) { return s.attributed().Who(name) }
