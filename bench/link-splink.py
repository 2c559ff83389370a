"""Links one CSV file with Splink (version 5) and prints what it took and found as JSON. Use: link-splink.py FILE

The model follows Splink's own examples for people with names, dates of birth, postcodes and e-mail addresses.
"""

import json
import os
import resource
import sys
import time

import duckdb
import splink
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

file = sys.argv[1]
began = time.perf_counter()
connection = duckdb.connect(":memory:")
connection.execute("set threads to %d" % os.cpu_count())
connection.execute(
    "create table people as select * from read_csv(?, all_varchar = true, header = true)", [file]
)
api = DuckDBAPI(connection)
rules = [
    block_on("first_name", "surname"),
    block_on("surname", "dob"),
    block_on("first_name", "dob"),
    block_on("postcode", "first_name"),
    block_on("postcode", "dob"),
    block_on("email"),
]
settings = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="unique_id",
    blocking_rules_to_generate_predictions=rules,
    comparisons=[
        cl.NameComparison("first_name"),
        cl.NameComparison("surname"),
        cl.DateOfBirthComparison("dob", input_is_string=True),
        cl.ExactMatch("gender"),
        cl.PostcodeComparison("postcode"),
        cl.EmailComparison("email"),
        cl.ExactMatch("city").configure(term_frequency_adjustments=True),
    ],
)
linker = Linker(api.register("people"), settings, log_level="ERROR")
linker.training.estimate_probability_two_random_records_match(rules[:3], recall=0.7)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
linker.training.estimate_parameters_using_expectation_maximisation(block_on("first_name", "surname"))
linker.training.estimate_parameters_using_expectation_maximisation(block_on("dob"))
predictions = linker.inference.predict(threshold_match_probability=0.1)
clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
    predictions, threshold_match_probability=0.5
)
seconds = time.perf_counter() - began
used = resource.getrusage(resource.RUSAGE_SELF)
found, right = connection.execute(
    f"""with grouped as (
          select c.cluster_id, p.cluster from {clusters.physical_name} c join people p using (unique_id)
        ),
        found as (select sum(n * (n - 1) / 2) as pairs from (select count(*) as n from grouped group by cluster_id)),
        right_ones as (
          select sum(n * (n - 1) / 2) as pairs from (select count(*) as n from grouped group by cluster_id, cluster)
        )
        select found.pairs, right_ones.pairs from found, right_ones"""
).fetchall()[0]
print(
    json.dumps(
        {
            "version": splink.__version__,
            "seconds": seconds,
            "processorSeconds": used.ru_utime + used.ru_stime,
            "found": float(found),
            "right": float(right),
        }
    )
)
