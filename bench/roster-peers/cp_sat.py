"""Solves a roster problem with OR-tools CP-SAT, for comparison. It needs `pip install ortools`.

Use: python cp_sat.py MODEL OUT SECONDS PROCESSOR_SECONDS THREADS SEED
MODEL is the JSON that bench/roster/model.ts makes. It stops at whichever limit comes first. Prints one line of JSON.
"""
import json
import sys
import threading
import time
from itertools import product

from ortools.sat.python import cp_model


class Rosters:
    """One Boolean for each person, day and shift; rules as clauses, cliques and sums."""

    def __init__(self, data):
        self.data = data
        self.model = cp_model.CpModel()
        self.cost, self.constant = [], 0
        self.works = [self.person(each) for each in data['people']]
        self.cover()
        self.model.minimize(sum(weight * term for weight, term in self.cost) + self.constant)

    def new(self):
        return self.model.new_bool_var('')

    def pay(self, weight, literals):
        """Where all of these hold, `weight` is paid; None: they may not all hold."""
        if weight == 0:
            return
        clause = [~each for each in literals]
        if weight is not None:
            paid = self.new()
            clause.append(paid)
            self.cost.append((weight, paid))
        self.model.add_bool_or(clause)

    def person(self, who):
        model, days, kinds = self.model, self.data['days'], range(1, len(self.data['shifts']) + 1)
        cell = [[self.new() for _ in range(len(self.data['shifts']) + 1)] for _ in range(days)]
        for day in range(days):
            model.add_exactly_one(cell[day])
            for choice, cost in enumerate(who['cells'][day]):
                if cost is None:
                    model.add(cell[day][choice] == 0)
                elif cost != 0:
                    self.cost.append((cost, cell[day][choice]))
        at_work = [~cell[day][0] for day in range(days)]
        self.successions(cell)
        for choice in kinds:
            most = who['maxOf'][choice - 1]
            if most is not None and most < days:
                model.add(sum(cell[day][choice] for day in range(days)) <= most)
        if who['minutes'] is not None:
            limits = who['minutes']
            total = sum(limits['amounts'][s - 1] * cell[day][s] for day in range(days) for s in kinds)
            model.add_linear_constraint(total, limits['min'], limits['max'])
        self.total(who['shifts'], [cell[day][s] for day in range(days) for s in kinds])
        self.runs(who['work'], at_work)
        self.runs(who['free'], [cell[day][0] for day in range(days)])
        self.weekends(who, cell, at_work)
        self.patterns(who, cell)
        return cell

    def successions(self, cell):
        """For each set of followers, those who forbid all of it stand in one clique with it."""
        after = [set(each) for each in self.data['notNext']]
        for followers in {frozenset(each) for each in after if each}:
            before = [s for s, each in enumerate(after) if followers <= each]
            for day in range(self.data['days'] - 1):
                first = [cell[day][s + 1] for s in before]
                second = [cell[day + 1][s + 1] for s in followers]
                self.model.add_at_most_one(first + second)

    def total(self, limits, literals):
        """A sum with soft limits."""
        for weight, lack in ((limits['under'], limits['min'] - sum(literals)),
                             (limits['over'], sum(literals) - limits['max'])):
            if weight != 0:
                missing = self.model.new_int_var(0, len(literals), '')
                self.model.add(missing >= lack)
                self.cost.append((weight, missing))

    def runs(self, limits, holds):
        """Days in a row: windows for the longest, spans of each shorter length for the shortest."""
        count = len(holds)
        if limits['over'] != 0 and limits['max'] < count:
            for day in range(count - limits['max']):
                self.pay(limits['over'], holds[day:day + limits['max'] + 1])
        if limits['under'] == 0:
            return
        if limits['under'] is None:
            for day in range(1, count):
                for later in range(day + 1, min(day + limits['min'], count)):
                    self.model.add_bool_or([holds[day - 1], ~holds[day], holds[later]])
                for sooner in range(max(0, day - limits['min']), day - 1):
                    self.model.add_bool_or([holds[day], ~holds[day - 1], holds[sooner]])
            return
        for length in range(1, limits['min']):
            for day in range(count - length + 1):
                border = [holds[at] for at in (day - 1, day + length) if 0 <= at < count]
                if limits['openEnds'] and len(border) < 2:
                    continue
                lack = limits['under'] * (limits['min'] - length)
                self.pay(lack, holds[day:day + length] + [~each for each in border])

    def weekends(self, who, cell, at_work):
        model, worked = self.model, []
        for block in who['weekends']:
            any_day = self.new()
            for day in block:
                model.add_implication(at_work[day], any_day)
            model.add_bool_or([at_work[day] for day in block] + [~any_day])
            worked.append(any_day)
            self.whole(who['completeWeekends'], [at_work[day] for day in block])
            self.same(who['sameShift'], [cell[day] for day in block])
        if who['maxWeekends'] is not None:
            model.add(sum(worked) <= who['maxWeekends'])
        self.runs(who['weekendRun'], worked)

    def whole(self, weight, at_work):
        """All or none: a hole between two days at work weighs 4, otherwise each free day 1."""
        if weight == 0:
            return
        for shape in product((0, 1), repeat=len(at_work)):
            if 0 < sum(shape) < len(shape):
                units = 4 if shape == (1, 0, 1) else len(shape) - sum(shape)
                self.pay(weight * units, [a if on else ~a for a, on in zip(at_work, shape)])

    def same(self, weight, cells):
        """In a weekend that is all worked: for each kind of shift, the days that have another."""
        if weight == 0 or len(cells) < 2:
            return
        model, pairs = self.model, []
        for a in range(len(cells)):
            for b in range(a):
                differ = self.new()
                rest = sum(1 - cells[c][0] for c in range(len(cells)) if c not in (a, b))
                for s in range(1, len(cells[a])):
                    other = sum(cells[b][t] for t in range(1, len(cells[b])) if t != s)
                    model.add(cells[a][s] + other + rest <= len(cells) - 1 + differ)
                pairs.append(differ)
        if len(cells) == 2:
            self.cost.append((2 * weight, pairs[0]))
            return
        some, every = self.new(), self.new()
        for each in pairs:
            model.add_implication(each, some)
        model.add(sum(pairs) <= len(pairs) - 1 + every)
        self.cost += [(3 * weight, some), (3 * weight, every)]

    def patterns(self, who, cell):
        night = self.data['night']
        if who['oneFreeAfterNight'] and night is not None:
            for day in range(1, self.data['days'] - 1):
                self.pay(who['oneFreeAfterNight'], [cell[day - 1][night + 1], cell[day][0], ~cell[day + 1][0]])
        for pattern in who['patterns']:
            for start in pattern['starts']:
                steps = []
                for at, choices in enumerate(pattern['steps']):
                    row = cell[start + at]
                    steps.append(row[choices[0]] if len(choices) == 1 else ~row[0])
                self.pay(pattern['weight'], steps)

    def cover(self):
        people = len(self.works)
        for row in self.data['cover']:
            here = sum(cell[row['day']][row['shift'] + 1] for cell in self.works)
            if row['under'] is None:
                self.model.add(here == row['wanted'])
                continue
            lack = self.model.new_int_var(0, row['wanted'], '')
            extra = self.model.new_int_var(0, max(0, people - row['wanted']), '')
            self.model.add(here + lack - extra == row['wanted'])
            self.cost += [(row['under'], lack), (row['over'], extra)]


def solve(path, out, seconds, processor, threads, seed):
    with open(path) as file:
        data = json.load(file)
    rosters = Rosters(data)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = threads
    solver.parameters.random_seed = seed
    # Fewer workers than eight leave out most of the neighbourhood searches: eight take turns on the threads there are.
    if threads < 8:
        solver.parameters.num_workers = 8
        solver.parameters.interleave_search = False
    done = threading.Event()

    def watch():
        while not done.wait(0.2):
            if time.process_time() >= processor:
                solver.stop_search()

    threading.Thread(target=watch, daemon=True).start()
    began = time.time()
    status = solver.solve(rosters.model)
    done.set()
    has = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    if has:
        with open(out, 'w') as file:
            for who, cell in zip(data['people'], rosters.works):
                days = [next(c for c, each in enumerate(row) if solver.value(each)) for row in cell]
                names = ['' if choice == 0 else data['shifts'][choice - 1] for choice in days]
                file.write('\t'.join([who['id'], *names]) + '\n')
    print(json.dumps({
        'score': solver.objective_value if has else None,
        'bound': solver.best_objective_bound,
        'seconds': round(time.time() - began, 1),
        'processor': round(time.process_time(), 1),
    }))


solve(sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5]), int(sys.argv[6]))
