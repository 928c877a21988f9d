"""On-time rates of a range by unit, from the API: values stay exact, sums of parts are recomputed, never averaged.

    python3 on_time.py http://127.0.0.1:8080 2026-11-01 2026-12-01 [key]
"""
import csv
import io
import sys
import urllib.parse
import urllib.request
from decimal import Decimal

base, start, end = sys.argv[1:4]
query = urllib.parse.urlencode(
    {"indicator": "filings/on-time-settled", "from": start, "to": end, "by": "unit", "format": "csv"}
)
request = urllib.request.Request(f"{base}/api/breakdown?{query}")
if len(sys.argv) > 4:
    request.add_header("Authorization", f"Bearer {sys.argv[4]}")
with urllib.request.urlopen(request) as answer:
    rows = list(csv.DictReader(io.StringIO(answer.read().decode("utf-8"))))

# The last row without a unit is the whole: recomputed by the server from the parts.
units = [row for row in rows if row["unit"] and row["value"]]
above = sum(Decimal(row["numerator"]) for row in units)
below = sum(Decimal(row["denominator"]) for row in units)
for row in units:
    rank = f'{row["rank_best"]}-{row["rank_worst"]}' if row["rank_best"] else "-"
    print(f'{row["unit"]}\t{row["value"]}\t{rank}')
print(f"total\t{above}\t{below}")
