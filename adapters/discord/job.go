package discord

import (
	"verbatim/adapters"
)

// job is one thing that somebody did and that is to be reacted to once. It is
// stored with its claim as JSON, so that another replica can finish it.
type job struct {
	// ID is Discord's id of the message or interaction, the same at each redelivery.
	ID string `json:"id"`
	// Do is what to do.
	Do deed `json:"do"`

	Guild   string `json:"guild,omitempty"`
	Channel string `json:"channel"`
	// Parent is the channel that a thread belongs to, where it is known.
	Parent string `json:"parent,omitempty"`
	Person string `json:"person"`
	// Who is the person's name, to be shown.
	Who string `json:"who,omitempty"`

	// Token answers the interaction for 15 minutes, in the name of the application
	// App; without it the job comes from an ordinary message.
	Token string `json:"token,omitempty"`
	App   string `json:"app,omitempty"`

	// Text is the question, or the words to check, as plain text.
	Text  string `json:"text,omitempty"`
	Check bool   `json:"check,omitempty"`
	// Source is the article that is asked alone: the one that was chosen, else the channel's.
	Source string `json:"source,omitempty"`
	// Words are the texts of a message that somebody points at: the first that the
	// article has is checked.
	Words []string `json:"words,omitempty"`
	// Above: the question is whether the message above is right; Unseen: whether one
	// is that Discord does not show; Pointed: the answer says what it is about.
	Above   bool `json:"above,omitempty"`
	Unseen  bool `json:"unseen,omitempty"`
	Pointed bool `json:"pointed,omitempty"`
	// Own: by somebody who installed the bot for themselves, not for the server.
	Own bool `json:"own,omitempty"`
	// Away: where it comes from the bot does not answer.
	Away bool `json:"away,omitempty"`
	// Private: only the person sees the answer.
	Private bool `json:"private,omitempty"`
	// Conversation is the key of the conversation that it belongs to.
	Conversation string `json:"conversation,omitempty"`

	// comment: it was sent with a forwarded message, which was answered itself.
	comment bool
	// titles: the name of an article is typed, not a question.
	titles bool
	// wanted is what the settings are to be, and manages whether that person may say so;
	// chosen is the channel or thread that they are for, and of the channel itself.
	wanted     []*option
	manages    bool
	chosen, of string
	// response answers the interaction.
	response *response
	// pressed is what a control was pressed on, or the form that was sent.
	pressed *pressedOn
	// roles are the roles that a message mentions, where it does not mention the bot.
	roles []string
}

// deed is what a job does.
type deed string

const (
	doAsk      deed = "ask"      // answer a question, or check words
	doAbout    deed = "about"    // say what the article is and what can be asked
	doComplete deed = "complete" // offer questions while somebody types
	doForm     deed = "form"     // open a form for words to check
	doContext  deed = "context"  // show the paragraph around a passage
	doShare    deed = "share"    // show everybody what one person sees
	doVote     deed = "vote"
	doSettings deed = "settings" // change what is set in a server, or tell it
	doForget   deed = "forget"   // take a channel that is no more out of the settings
	doExplain  deed = "explain"  // say in private why nothing else is done; Text says it
)

// isInteraction reports whether the job comes from a command or a control.
func (j job) isInteraction() bool { return j.Token != "" }

// asks reports whether the job is a question.
func (j job) asks() bool { return j.Do == doAsk || j.Do == doAbout }

// lasting reports whether the job outlives its process: a question is answered by another
// where this one dies, and what everybody sees shared once; other buttons can be pressed
// again.
func (j job) lasting() bool { return j.asks() || j.Do == doShare || j.Do == doForget }

// shareKey names the sharing of an answer, however often the button is pressed.
func (j job) shareKey() string { return Name + ":share:" + j.pressed.ID }

// lanes are those that the job waits in: a conversation's questions are answered in
// order, and so are the messages of a channel, whose rate is limited.
func (j job) lanes() (names []string) {
	if j.Do == doAsk && j.Conversation != "" {
		names = append(names, j.Conversation)
	}
	if !j.isInteraction() {
		names = append(names, "channel "+j.Channel)
	}
	return names
}

// click names the press of a person on a control, or the form that they sent, the same
// for a double click; "" for what is neither, or of which several are meant.
func (j job) click() string {
	if j.pressed == nil || j.Do != doAsk && j.Do != doAbout && j.Do != doContext {
		return ""
	}
	return Name + ":click:" + adapters.Hashed("click", j.Person, j.pressed.ID, j.pressed.customID, j.pressed.value)
}

// claim is the key of the job's claim.
func (j job) claim() string { return Name + ":" + j.ID }

// person is the key of who did it.
func (j job) person() string { return Name + ":" + j.Person }

// message is j as the handler gets it.
func (j job) message() adapters.Message {
	return adapters.Message{ID: j.claim(), Platform: Name, Conversation: Name + ":" + j.Conversation, Person: j.person(), Text: j.Text, Check: j.Check, Source: j.Source}
}

// conversationOf is the conversation that somebody has in a channel: the channel
// itself where they are alone with the bot.
func conversationOf(channel, person string, alone bool) string {
	if alone {
		return channel
	}
	return channel + "." + person
}
