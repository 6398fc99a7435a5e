//! The words by which requests are told, and what is none.

use std::sync::LazyLock;

use inroad_language::patterns::{Patterns, patterns};

/// Words of a request that is no question.
pub(super) static REQUEST: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "(?:i|we)(?:'d| would| should| shall)? (?:also |then |further |first |really )?(?:be (?:very |most |so )?(?:glad|grateful|happy|obliged|pleased|thankful|interested) (?:of|for|to hear|to know|to learn|to see|if|your)|(?:like|ask|need|appreciate|welcome) (?:of|for|you|your|it|if|an?|the|some|two|three))",
        "it(?:'d| would) (?:help|be (?:kind|great|good|nice|ace|helpful|useful|a help))[^.?!]*?(?:me|us|if you|of you|to know|to have|to hear|if i)",
        "(?:we're|we are|i'm|i am) (?:also )?asking",
        "let's",
        r"(?:^|[,;:–—] |\band |\bthen |\bso )(?:please|kindly)",
        // Within a sentence fewer verbs ask: "and leave it there" tells what somebody does.
        r"(?:^|[,;:–—] |\band |\bthen |\bso |please )(?:reply|respond|answer|send|share|call|ring|book|pick|choose|sign|confirm|forward|introduce|tell me|have a look|take a look|drop me|give me|let me know|let us know|schedule|click|reserve|save the date|read|watch|return|approve|review|hit reply|grab|find a time)",
        "(?:let|tell) me know",
        "let us know",
        "(?:i would|i'd|we would|we'd) (?:like|love|appreciate|welcome|value|be grateful|be glad|be happy|be interested) (?:to (?:talk|speak|meet|hear|learn|know|ask|discuss|set|schedule|arrange|get|show|understand|explore|see)|it if|if|your|a |an |some|15|20|30|ten|fifteen|twenty|thirty)",
        "i (?:would suggest|suggest|propose) (?:we|that we|a|to)",
        "(?:i|we) (?:want|wanted|hope|was hoping|am hoping|were hoping) to (?:ask (?:you|whether|if|for)|schedule|set up|arrange|meet|talk|speak|discuss|find (?:a|some) time)",
        "(?:could|can|would|will|may|might) (?:you|we) (?:please|kindly|perhaps|possibly|maybe|spare|send|share|tell|meet|talk|call|confirm|let|find|have|give|introduce|point|help|take|look|forward)",
        "(?:wondering|wonder|curious|like to know|love to know) (?:if|whether|how|what|which|who|when|where|why)",
        "(?:call|ring|reach|text) me (?:back|on|at|when)",
        "my number is",
        "let (?:me|us) have",
        r"(?:^|[,;:–—] |\band |\bso )do (?:call|ring|write|reply|answer|come|send|let (?:me|us)|give|drop|get in touch|book|have a look)",
    ])
});

/// What looks like a request and is none: courtesies, and ways out.
pub(super) static NO_REQUEST: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "how are you(?: doing| today| keeping)?",
        "hope you(?:'re| are| had| have| enjoyed)",
        "(?:please )?(?:find|see) (?:attached|enclosed|below)",
        "please (?:accept|note|excuse|forgive|give my|pass on my|take all the time|don't|do not|disregard|ignore)",
        "feel free to",
        "(?:if|should) (?:it is|it's|this is|this isn't|this is not|that is|that's|now is|now isn't|you are|you're|you would|you'd|you) (?:not|n't|no longer|rather|prefer|don't|do not|isn't|have no)",
        "if (?:not|it isn't|it's not|this isn't|now isn't)",
        "thank you for (?:letting|sharing|sending)",
        "(?:in case|if) (?:you have|there are|anything|any) (?:any )?(?:questions|comments|doubts|unclear)",
        "let me know if (?:you have|there (?:is|are)) (?:any|anything|questions|further)",
        "don't hesitate",
        "do not hesitate",
        "let(?:'s| us) (?:get|be|put|set|face|keep|not)\\b[^.?!]*?(?:straight|clear|honest|facts?|record|it|pretend|mistaken)",
    ])
});

/// A condition under which one only has to be told: "If it has been shelved, tell me."
pub(super) static TOLD_IF: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "^(?:(?:and|but|or|so|then|anyway|otherwise|of course),? )*(?:if|should|in case)\\b[^.?!]*?(?:(?:tell|text|ring) (?:me|us)|let (?:me|us) know|say (?:so|no|stop|the word)|(?:simply|just|do) say|drop (?:me|us)|send (?:me|us) (?:a|one)|shout|a (?:short |quick )?(?:word|line|note|notice|text|no))",
    ])
});

/// A condition that is hoped for, so that what follows is asked for.
pub(super) static GLAD_IF: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "(?:if|should|in case)\\b[^.?!]*?(?:interest(?:ed|ing)?|like|love|want|wish|care to|happy|glad|keen|curious|works?|suits?|helps?|useful|helpful|agree|ready|questions?|okay|ok|good|yes|possible|can|could|able|available|free|open to|willing|need)",
    ])
});

pub(super) static MEET: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "calls?",
        "meet|meeting",
        "talk|chat|conversation|speak",
        r"\d+ ?(?:min|minutes|mins)",
        "(?:ten|fifteen|twenty|thirty|half an hour|an hour)(?: minutes)?",
        "coffee|lunch|breakfast",
        "together",
        "go through (?:it|this|that|them)",
        "sit down",
        "demo",
        "slot|calendar|diary|available|availability|schedule",
        "visit|stop by|drop by|see you",
        "free (?:on|at|for|to|next|this|tomorrow)",
        "suit you|works?(?: \\w+)? for you|convenient",
        "ring",
    ])
});

pub(super) static INTRODUCE: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "who else",
        "introduce|introduction",
        "right person|best person|proper person|right contact",
        "in touch with",
        "whom (?:should|would|could|else)",
        "who (?:should|would|could|is|looks|takes|owns|decides|runs|handles|on your)",
        "point me",
        "refer(?:ral| me)",
        "pass (?:this|it) on",
    ])
});

pub(super) static SEND: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "send (?:me|us|over|the|a|your|it|back)",
        "share (?:the|your|a|with)",
        "forward (?:me|us|the)",
        "provide|e-?mail me",
    ])
});

pub(super) static DECIDE: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "sign(?:ed|ing)?(?: off| the| it)?",
        "approve|approval",
        "go ahead|go-ahead|green light",
        "(?:place|confirm) (?:the|your|an) order",
        "proceed",
        "commit",
        "accept the (?:offer|proposal|quote)",
        "your decision|decide",
    ])
});

pub(super) static READ: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "(?:have|take) a (?:quick )?look",
        "read",
        "review",
        "watch",
        "check out",
        "click",
        "visit our",
    ])
});

pub(super) static TIMES: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        r"\d{1,2}[:.]\d\d",
        r"\d{1,2} ?(?:am|pm|a\.m\.|p\.m\.|o'clock|uhr)",
        "this (?:week|month|morning|afternoon|evening)",
        "next (?:week|month|quarter)",
        "(?:today|tonight|tomorrow)",
        "end of (?:the )?(?:week|month|day|quarter|year)",
        "(?:mon|tues|wednes|thurs|fri|satur|sun)days?",
        "in (?:january|february|march|april|may|june|july|august|september|october|november|december)",
    ])
});

/// What parts the clauses of a request.
pub(super) static CLAUSE: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        r"(?:,|;)? and (?:then |also |please |kindly )*",
        r"[,;:] (?:then |also |please |kindly )*",
    ])
});

/// A verb that asks, at the beginning of a clause.
pub(super) static VERB: LazyLock<Patterns> =
    LazyLock::new(|| patterns(&[&format!(r"^\s*(?:{VERBS})\b")]));

/// Verbs with which people ask for something.
const VERBS: &str = "answer|ask|book|bring|call|check|choose|clear|click|come|confirm|download|drop|fill|follow|forward|give|grab|hit|install|introduce|invite|join|leave|let me|let us|look|meet|name|order|pass|pay|pick|point|post|press|put|rate|read|record|register|reply|reserve|return|review|ring|save|say|schedule|send|share|show|sign|subscribe|take|tell|test|try|use|visit|watch|write|have a";

pub(super) static COME: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&["come (?:by|on|over|to you)|stop by|be (?:there|with you)|start|begin"])
});

pub(super) static COURTESY: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "is (?:that|this) (?:Mr|Mrs|Ms|Dr|[A-Z])",
        "am i speaking (?:to|with)",
        "how are you",
        "how's it going",
        "(?:is (?:this|now) a (?:good|bad)|did i catch you|have i caught you|have you got|do you have) (?:at )?(?:a |an? )?(?:moment|minute|second|time|good time|bad time)",
        "how (?:do you do|is your (?:day|week))",
    ])
});

/// A sentence that begins with such a verb.
pub(super) static BEGINS: LazyLock<Patterns> = LazyLock::new(|| {
    let before =
        "(?:please|kindly|also|then|so|just|now|simply|first|next|otherwise|or|and|but|until then)";
    patterns(&[&format!(r"^(?:{before},? )*(?:{VERBS})\b")])
});

pub(super) static ANOTHER_WAY: LazyLock<Patterns> = LazyLock::new(|| {
    patterns(&[
        "^(?:or|otherwise|alternatively|if not|if (?:that|it|this|so|neither)|and if|which (?:day|time|of)|would (?:that|it|either|another)|does (?:that|it|either)|is (?:that|it))",
        "^a (?:yes|no|line|word)",
        "^just (?:say|reply|answer)",
    ])
});
