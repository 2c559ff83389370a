"""Solves one of Curtois's shift scheduling instances with OR-tools CP-SAT, for comparison.

Use: python cp_sat.py INSTANCE SECONDS WORKERS OUT. It needs `pip install ortools`. Prints one line of JSON.
"""
import json
import sys
import time

from ortools.sat.python import cp_model


def sections(path):
    found, name = {}, None
    with open(path) as lines:
        for line in lines:
            line = line.strip()
            if not line or line.startswith('#'):
                continue
            if line.startswith('SECTION_'):
                name = line[8:]
                found[name] = []
            else:
                found[name].append([part.strip() for part in line.split(',')])
    return found


def solve(path, seconds, workers, out):
    data = sections(path)
    days = int(data['HORIZON'][0][0])
    shifts = [row[0] for row in data['SHIFTS']]
    minutes = {row[0]: int(row[1]) for row in data['SHIFTS']}
    after = {row[0]: [s for s in row[2].split('|') if s] for row in data['SHIFTS']}
    model = cp_model.CpModel()
    works, cost = {}, []
    for row in data['STAFF']:
        person = row[0]
        for day in range(days):
            for shift in shifts:
                works[person, day, shift] = model.new_bool_var('')
    at_work = {}
    for row in data['STAFF']:
        person, limits = row[0], dict(part.split('=') for part in row[1].split('|'))
        most, least, run_max, run_min, off_min, weekends = map(int, row[2:8])
        for day in range(days):
            at_work[person, day] = model.new_bool_var('')
            model.add(sum(works[person, day, s] for s in shifts) == at_work[person, day])
        for day in range(days - 1):
            for shift in shifts:
                for other in after[shift]:
                    model.add_bool_or([~works[person, day, shift], ~works[person, day + 1, other]])
        for shift, limit in limits.items():
            model.add(sum(works[person, day, shift] for day in range(days)) <= int(limit))
        total = sum(minutes[s] * works[person, day, s] for day in range(days) for s in shifts)
        model.add_linear_constraint(total, least, most)
        for day in range(days - run_max):
            model.add(sum(at_work[person, d] for d in range(day, day + run_max + 1)) <= run_max)
        for length in range(1, run_min):
            for day in range(1, days - length):
                inside = [~at_work[person, d] for d in range(day, day + length)]
                model.add_bool_or([at_work[person, day - 1], *inside, at_work[person, day + length]])
        for length in range(1, off_min):
            for day in range(1, days - length):
                inside = [at_work[person, d] for d in range(day, day + length)]
                model.add_bool_or([~at_work[person, day - 1], *inside, ~at_work[person, day + length]])
        worked = []
        for saturday in range(5, days, 7):
            weekend = model.new_bool_var('')
            for day in (saturday, saturday + 1):
                if day < days:
                    model.add_implication(at_work[person, day], weekend)
            worked.append(weekend)
        model.add(sum(worked) <= weekends)
    for row in data['DAYS_OFF']:
        for day in row[1:]:
            model.add(at_work[row[0], int(day)] == 0)
    for person, day, shift, weight in data.get('SHIFT_ON_REQUESTS', []):
        cost.append(int(weight) * (1 - works[person, int(day), shift]))
    for person, day, shift, weight in data.get('SHIFT_OFF_REQUESTS', []):
        cost.append(int(weight) * works[person, int(day), shift])
    people = [row[0] for row in data['STAFF']]
    for day, shift, wanted, under, over in data['COVER']:
        lack = model.new_int_var(0, len(people), '')
        extra = model.new_int_var(0, len(people), '')
        model.add(sum(works[p, int(day), shift] for p in people) + lack - extra == int(wanted))
        cost += [int(under) * lack, int(over) * extra]
    model.minimize(sum(cost))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    began, cpu = time.time(), time.process_time()
    status = solver.solve(model)
    has = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    if has:
        with open(out, 'w') as file:
            for person in people:
                cells = [next((s for s in shifts if solver.value(works[person, d, s])), '') for d in range(days)]
                file.write('\t'.join([person, *cells]) + '\n')
    print(json.dumps({
        'score': solver.objective_value if has else None,
        'bound': solver.best_objective_bound,
        'seconds': round(time.time() - began, 1),
        'cpu': round(time.process_time() - cpu, 1),
    }))


solve(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
