# On-time rates of a range by unit, from the API.
#   Rscript on_time.R http://127.0.0.1:8080 2026-11-01 2026-12-01
arguments <- commandArgs(trailingOnly = TRUE)
address <- sprintf(
  "%s/api/breakdown?indicator=filings/on-time-settled&from=%s&to=%s&by=unit&format=csv",
  arguments[1], arguments[2], arguments[3]
)
rows <- read.csv(url(address), colClasses = "character", encoding = "UTF-8")
# The row without a unit is the whole: recomputed by the server from the parts.
units <- rows[rows$unit != "" & rows$value != "", ]
for (i in seq_len(nrow(units))) {
  rank <- if (units$rank_best[i] == "") "-" else paste0(units$rank_best[i], "-", units$rank_worst[i])
  cat(units$unit[i], units$value[i], rank, sep = "\t")
  cat("\n")
}
cat("total", sum(as.numeric(units$numerator)), sum(as.numeric(units$denominator)), sep = "\t")
cat("\n")
