package asks

import (
	"strings"

	"verbatim/corpus/words"
)

// noun is what a noun asks for when it follows "what" or "which".
type noun struct {
	kind  Kind
	grain Grain
}

// misspelt are ways to type the words that ask.
var misspelt = map[string]string{
	"wen": "when", "whn": "when", "wehn": "when", "whne": "when", "hoo": "who", "whu": "who", "hwo": "who", "woh": "who",
	"wich": "which", "whitch": "which", "whcih": "which", "whch": "which", "wher": "where", "wheer": "where", "whre": "where", "wehre": "where",
	"wy": "why", "whyy": "why", "hw": "how", "waht": "what", "whta": "what", "hwat": "what", "wha": "what", "whar": "where",
}

var (
	asksWord      = words.Set("who whom whose whoever what whatever which when whenever where wherever whereabouts why how")
	auxiliary     = words.Set("is was are were be been being am do does did has have had can could will would shall should may might must has having isn't wasn't didn't doesn't don't")
	prepositions  = words.Set("of in on at by for with from to into onto about over under after before during between among against through as than within without upon near behind toward towards since until besides")
	articles      = words.Set("a an the this that these those his her its their our my your")
	pronouns      = words.Set("i you he she it we they them him us me himself itself themselves")
	verbsOfAsking = words.Set("tell say says said mention mentions state states explain explains specify know knows remember recall ask asked wonder wondering show shows see guess me us idea exactly and so but clue")
	timeUnits     = words.Set("second seconds minute minutes hour hours day days week weeks month months year years decade decades century centuries season seasons generation generations night nights")
)

// numbers are the words for numbers.
var numbers = words.Set(`zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
	twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion billions trillion dozen dozens
	half third quarter twice once double triple couple pair several single`)

// listed are words that say what is asked for.
type listed struct {
	kind  Kind
	grain Grain
	words string
}

func byWord(lists ...listed) map[string]noun {
	m := map[string]noun{}
	for _, list := range lists {
		for w := range strings.FieldsSeq(list.words) {
			m[w] = noun{list.kind, list.grain}
		}
	}
	return m
}

// afterHow are words right behind "how" that say what is asked for.
var afterHow = byWord(
	listed{Reason, AnyGrain, "come"},
	listed{Open, AnyGrain, "about"},
	listed{Number, Age, "old"},
	listed{Number, Count, "often frequently"},
	listed{Duration, AnyGrain, "soon quickly"},
	listed{Date, AnyGrain, "early late recently"},
	listed{Number, Measure, "far tall high large big wide deep heavy fast hot cold small thick loud low warm broad close strong steep bright"},
	listed{Number, Money, "expensive cheap costly rich wealthy"},
	listed{Opinion, AnyGrain, "good bad important serious successful popular well dangerous useful safe risky"},
)

// howVerbs are words anywhere behind "how" that say what is asked for; the first list that
// has one tells.
var howVerbs = []struct {
	kind Kind
	any  map[string]bool
}{
	{Reaction, words.Set("react reacted reacts respond responded responds received greeted reaction response welcomed taken")},
	{Comparison, words.Set("compare compares compared differ differs differed different differently similar alike versus better worse")},
	{Consequence, words.Set("affect affected affects impact impacted influence influenced change changed changes end ended benefit benefited")},
	{Definition, words.Set("define defined defines definition")},
	{Opinion, words.Set("feel feels felt think thinks thought view views viewed see sees saw regard regarded considered perceived rate")},
	{Name, words.Set("called known pronounced spelled spelt named")},
}

var (
	// paying are words beside "how much" that ask for money.
	paying = words.Set(`cost costs pay paid pays money earn earned earns spend spent worth price charge charged donate donated raise raised sell sold buy bought
		invest invested salary make fine fined dollars owe`)
	// lasting are words beside "how many years" that ask how long.
	lasting = words.Set("last lasted take took spend spent for live serve run")
)

// nouns say what is asked for. The plural is looked up too.
var nouns = byWord(
	listed{Person, AnyGrain, `person man woman men women guy dude somebody someone boy girl child individual celebrity star president
		vice-president senator governor king queen emperor empress prince princess duke lord mayor minister chancellor premier
		ambassador congressman congresswoman politician secretary actor actress author writer poet playwright novelist journalist
		reporter columnist critic historian philosopher theologian scientist physicist chemist biologist mathematician engineer
		architect artist painter sculptor designer photographer composer singer musician rapper dj drummer guitarist host presenter
		announcer commentator narrator character player quarterback linebacker receiver kicker goalkeeper striker captain coach trainer
		referee athlete driver pilot astronaut explorer inventor founder co-founder cofounder ceo cto cfo coo chairman chairwoman chair
		chief boss manager executive director producer leader commander officer admiral colonel sergeant soldier judge lawyer attorney
		prosecutor detective spy priest bishop archbishop pope monk saint prophet missionary pastor rabbi imam father mother brother
		sister wife husband spouse son daughter uncle aunt cousin nephew niece parent grandfather grandmother friend rival enemy
		colleague partner mentor student pupil professor teacher doctor surgeon nurse patient speaker spokesman spokeswoman
		spokesperson analyst expert researcher scholar professional owner ruler khan sultan pharaoh hero villain companion mvp winner
		loser champion successor predecessor assistant investor entrepreneur editor creator developer translator guest interviewer
		interviewee sponsor human being figure billionaire victim suspect witness resident`},
	listed{Group, AnyGrain, `people group tribe family clan ethnicity nationality race class population community folk demographic sect
		faction crowd audience generation gang crew cast staff ethnic refugees immigrants settlers students workers employees players
		children women men members citizens participants viewers critics experts fans supporters opponents`},
	listed{Organisation, AnyGrain, `company organisation organization firm corporation network channel station team club university
		school college academy agency institution institute church party government bank publisher studio manufacturer maker brand
		league band union department ministry committee commission council entity business startup label airline broadcaster
		association denomination order body conglomerate subsidiary division charity foundation society federation
		affiliate competitor contractor supplier retailer employer military army navy regiment squad franchise conference court
		parliament legislature congress movement lab laboratory outlet vendor`},
	listed{Place, AnyGrain, `city town country state continent place location river lake mountain region borough street venue stadium
		building village island ocean sea capital headquarters county province nation hotel site planet room hall park bridge castle
		palace museum theatre theater airport district neighborhood neighbourhood territory port road avenue address birthplace hometown
		destination campus spot arena gallery wing floor suburb colony kingdom empire peninsula valley coast bay harbor harbour desert
		forest field farm house home mansion estate area zone shore cemetery monastery cathedral chapel square settlement
		hemisphere moon constellation corner side locale whereabouts library hospital prison`},
	listed{Date, Year, "year"},
	listed{Date, Month, "month"},
	listed{Date, Day, "day date weekday birthday holiday night deadline"},
	listed{Date, Time, "time hour o'clock"},
	listed{Date, Decade, "decade"},
	listed{Date, Century, "century"},
	listed{Date, Season, "season"},
	listed{Date, AnyGrain, "era period epoch timeframe"},
	listed{Duration, AnyGrain, "duration lifespan tenure runtime"},
	listed{Number, Count, "number total count quantity population attendance score record tally membership enrollment enrolment circulation viewership rank ranking"},
	listed{Number, Percentage, "percentage percent proportion fraction share ratio rate portion odds probability majority"},
	listed{Number, Money, `price cost salary amount sum fee fine budget revenue profit income wage payment prize money value worth gdp
		debt loan funding investment bonus tax bail fortune loss`},
	listed{Number, Measure, `speed height weight distance temperature length size width depth altitude elevation volume capacity mass
		diameter radius frequency density power voltage wavelength pressure resolution latitude longitude bandwidth acreage strength
		yardage magnitude range`},
	listed{Number, Age, "age"},
	listed{Reason, AnyGrain, "reason cause purpose motive motivation rationale justification factor goal aim objective intention explanation excuse origin"},
	listed{Manner, AnyGrain, "way method means manner process mechanism technique approach procedure strategy step"},
	listed{Consequence, AnyGrain, "effect impact result consequence outcome influence aftermath implication repercussion fate"},
	listed{Reaction, AnyGrain, "reaction response reception feedback backlash criticism complaint"},
	listed{Comparison, AnyGrain, "difference similarity comparison contrast distinction advantage disadvantage"},
	listed{Example, AnyGrain, "example instance"},
	listed{Opinion, AnyGrain, "opinion view stance belief attitude viewpoint perspective thought feeling take verdict"},
	listed{Definition, AnyGrain, "meaning definition"},
	listed{Name, AnyGrain, `name title term word nickname pseudonym acronym alias surname slogan motto tagline phrase book novel song
		film movie show series episode album single magazine newspaper journal ship boat aircraft plane vehicle car award medal
		trophy law act treaty amendment constitution language religion deity god goddess currency website app software game
		program programme podcast play opera poem painting sculpture project mission operation spacecraft rocket satellite battle war
		campaign event festival tournament species breed genus disease illness drug medicine compound chemical element mineral gas
		metal product device degree subject position job profession occupation role office
		theory principle doctrine dialect sport letter document report speech theme sequel spin-off logo mascot
		symbol instrument invention dynasty anniversary creature animal plant food dish drink flag anthem`},
	listed{Open, AnyGrain, "type kind sort style form category genre thing stuff color colour shape aspect feature quality characteristic variety part class"},
)
