package asks

import "strings"

func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

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
	asksWord      = set("who whom whose whoever what whatever which when whenever where wherever whereabouts why how")
	auxiliary     = set("is was are were be been being am do does did has have had can could will would shall should may might must has having isn't wasn't didn't doesn't don't")
	prepositions  = set("of in on at by for with from to into onto about over under after before during between among against through as than within without upon near behind toward towards since until besides")
	articles      = set("a an the this that these those his her its their our my your")
	pronouns      = set("i you he she it we they them him us me himself itself themselves")
	verbsOfAsking = set("tell say says said mention mentions state states explain explains specify know knows remember recall ask asked wonder wondering show shows see guess me us idea exactly and so but clue")
	timeUnits     = set("second seconds minute minutes hour hours day days week weeks month months year years decade decades century centuries season seasons generation generations night nights")
)

// numbers are the words for numbers, and what they stand for.
var numbers = map[string]float64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
	"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"hundred": 100, "hundreds": 100, "thousand": 1e3, "thousands": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9, "billions": 1e9,
	"trillion": 1e12, "dozen": 12, "dozens": 12, "half": .5, "third": 1. / 3, "quarter": .25, "twice": 2, "once": 1, "double": 2, "triple": 3,
	"couple": 2, "pair": 2, "several": 5, "single": 1,
}

// nouns say what is asked for. The plural is looked up too.
var nouns = func() map[string]noun {
	m := map[string]noun{}
	add := func(kind Kind, grain Grain, list string) {
		for w := range strings.FieldsSeq(list) {
			m[w] = noun{kind, grain}
		}
	}
	add(Person, AnyGrain, `person man woman men women guy dude somebody someone boy girl child individual celebrity star president
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
		interviewee sponsor human being figure billionaire victim suspect witness resident`)
	add(Group, AnyGrain, `people group tribe family clan ethnicity nationality race class population community folk demographic sect
		faction crowd audience generation gang crew cast staff ethnic refugees immigrants settlers students workers employees players
		children women men members citizens participants viewers critics experts fans supporters opponents`)
	add(Organisation, AnyGrain, `company organisation organization firm corporation network channel station team club university
		school college academy agency institution institute church party government bank publisher studio manufacturer maker brand
		league band union department ministry committee commission council entity business startup label airline broadcaster
		association denomination order body conglomerate subsidiary division charity foundation society federation
		affiliate competitor contractor supplier retailer employer military army navy regiment squad franchise conference court
		parliament legislature congress movement lab laboratory outlet vendor`)
	add(Place, AnyGrain, `city town country state continent place location river lake mountain region borough street venue stadium
		building village island ocean sea capital headquarters county province nation hotel site planet room hall park bridge castle
		palace museum theatre theater airport district neighborhood neighbourhood territory port road avenue address birthplace hometown
		destination campus spot arena gallery wing floor suburb colony kingdom empire peninsula valley coast bay harbor harbour desert
		forest field farm house home mansion estate area zone shore cemetery monastery cathedral chapel square settlement
		hemisphere moon constellation corner side locale whereabouts library hospital prison`)
	add(Date, Year, "year")
	add(Date, Month, "month")
	add(Date, Day, "day date weekday birthday holiday night deadline")
	add(Date, Time, "time hour o'clock")
	add(Date, Decade, "decade")
	add(Date, Century, "century")
	add(Date, Season, "season")
	add(Date, AnyGrain, "era period epoch timeframe")
	add(Duration, AnyGrain, "duration lifespan tenure runtime")
	add(Number, Count, "number total count quantity population attendance score record tally membership enrollment enrolment circulation viewership rank ranking")
	add(Number, Percentage, "percentage percent proportion fraction share ratio rate portion odds probability majority")
	add(Number, Money, `price cost salary amount sum fee fine budget revenue profit income wage payment prize money value worth gdp
		debt loan funding investment bonus tax bail fortune loss`)
	add(Number, Measure, `speed height weight distance temperature length size width depth altitude elevation volume capacity mass
		diameter radius frequency density power voltage wavelength pressure resolution latitude longitude bandwidth acreage strength
		yardage magnitude range`)
	add(Number, Age, "age")
	add(Reason, AnyGrain, "reason cause purpose motive motivation rationale justification factor goal aim objective intention explanation excuse origin")
	add(Manner, AnyGrain, "way method means manner process mechanism technique approach procedure strategy step")
	add(Consequence, AnyGrain, "effect impact result consequence outcome influence aftermath implication repercussion fate")
	add(Reaction, AnyGrain, "reaction response reception feedback backlash criticism complaint")
	add(Comparison, AnyGrain, "difference similarity comparison contrast distinction advantage disadvantage")
	add(Example, AnyGrain, "example instance")
	add(Opinion, AnyGrain, "opinion view stance belief attitude viewpoint perspective thought feeling take verdict")
	add(Definition, AnyGrain, "meaning definition")
	add(Name, AnyGrain, `name title term word nickname pseudonym acronym alias surname slogan motto tagline phrase book novel song
		film movie show series episode album single magazine newspaper journal ship boat aircraft plane vehicle car award medal
		trophy law act treaty amendment constitution language religion deity god goddess currency website app software game
		program programme podcast play opera poem painting sculpture project mission operation spacecraft rocket satellite battle war
		campaign event festival tournament species breed genus disease illness drug medicine compound chemical element mineral gas
		metal product device degree subject position job profession occupation role office
		theory principle doctrine dialect sport letter document report speech theme sequel spin-off logo mascot
		symbol instrument invention dynasty anniversary creature animal plant food dish drink flag anthem`)
	add(Open, AnyGrain, "type kind sort style form category genre thing stuff color colour shape aspect feature quality characteristic variety part class")
	return m
}()
