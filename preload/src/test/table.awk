# SPDX-License-Identifier: Apache-2.0
# table.awk SERIES...: the lines of attacks.sh, a file a kernel, as one Markdown table. Where kernels answer differently all
# answers are given, the newest kernel's first; a kernel to which an attack doesn't apply has no verdict.
BEGIN {
  FS = "\t"
}
FNR == 1 {
  kernel[++kernels] = FILENAME
}
{
  if (!($1 in known)) {
    known[$1] = 1
    name[++names] = $1
  }
  add(without, $1, $2)
  add(guarded, $1, $3)
  verdict[$1, FILENAME] = $5 == "good" && $4 == "alive" ? "good" : "**" $5 ", " $4 "**"
}
function add(answers, attack, answer) {
  if (index("/" answers[attack] "/", "/" answer "/") == 0)
    answers[attack] = answers[attack] == "" ? answer : answers[attack] "/" answer
}
END {
  printf "| attack | without guard | with guard |"
  for (i = 1; i <= kernels; i++)
    printf " %s |", kernel[i]
  printf "\n|---|---|---|"
  for (i = 1; i <= kernels; i++)
    printf "---|"
  print ""
  for (n = 1; n <= names; n++) {
    printf "| %s | %s | %s |", name[n], without[name[n]], guarded[name[n]]
    for (i = 1; i <= kernels; i++)
      printf " %s |", (name[n], kernel[i]) in verdict ? verdict[name[n], kernel[i]] : ""
    print ""
  }
}
