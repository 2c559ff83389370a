import java.util.Arrays;

/** What one person's days cost: hard and soft, in one pass over typed arrays. */
final class Judge {
    private final Model model;
    private final Model.Person who;
    private final boolean[][] mayNotFollow;
    private final boolean[][] startsHere;
    private final int[] counts;
    private final boolean[] worked;
    private final boolean[] holds;
    private final int shortest;
    long hard;
    long soft;

    Judge(Model model, Model.Person who) {
        this.model = model;
        this.who = who;
        int choices = model.shifts().size() + 1;
        mayNotFollow = new boolean[choices][choices];
        for (int shift = 0; shift + 1 < choices; shift++)
            for (int next : model.notNext()[shift])
                mayNotFollow[shift + 1][next + 1] = true;
        startsHere = new boolean[who.patterns().size()][model.days()];
        for (int index = 0; index < startsHere.length; index++)
            for (int start : who.patterns().get(index).starts())
                startsHere[index][start] = true;
        counts = new int[choices];
        worked = new boolean[who.weekends().length];
        holds = new boolean[Math.max(model.days(), worked.length)];
        shortest = who.minutes() == null ? 1 : Arrays.stream(who.minutes().amounts()).min().orElse(1);
    }

    private void pay(Integer weight, long units) {
        if (weight == null)
            hard += units;
        else
            soft += weight * units;
    }

    void judge(int[] days) {
        hard = 0;
        soft = 0;
        Arrays.fill(counts, 0);
        for (int day = 0; day < days.length; day++) {
            int choice = days[day];
            counts[choice]++;
            pay(who.cells()[day][choice], who.cells()[day][choice] == null ? 2 : 1);
            if (day > 0 && mayNotFollow[days[day - 1]][choice])
                hard++;
        }
        sums();
        for (int day = 0; day < days.length; day++)
            holds[day] = days[day] > 0;
        runs(who.work(), days.length, true);
        runs(who.free(), days.length, false);
        weekends(days);
        afterNights(days);
        patterns(days);
    }

    private void sums() {
        int total = 0;
        int minutes = 0;
        for (int choice = 1; choice < counts.length; choice++) {
            total += counts[choice];
            Integer most = who.maxOf()[choice - 1];
            if (most != null && counts[choice] > most)
                hard += counts[choice] - most;
            if (who.minutes() != null)
                minutes += counts[choice] * who.minutes().amounts()[choice - 1];
        }
        if (who.minutes() != null) {
            int lack = Math.max(who.minutes().min() - minutes, minutes - who.minutes().max());
            if (lack > 0)
                hard += (lack + shortest - 1) / shortest;
        }
        Model.Limits limits = who.shifts();
        if (total < limits.min())
            pay(limits.under(), limits.min() - total);
        if (total > limits.max())
            pay(limits.over(), total - limits.max());
    }

    private void runs(Model.Runs limits, int length, boolean value) {
        if (limits.min() <= 1 && limits.max() >= length)
            return;
        int from = 0;
        while (from < length) {
            if (holds[from] != value) {
                from++;
                continue;
            }
            int to = from;
            while (to < length && holds[to] == value)
                to++;
            int run = to - from;
            if (run > limits.max())
                pay(limits.over(), run - limits.max());
            boolean isFree = limits.openEnds() && (from == 0 || to == length);
            if (run < limits.min() && !isFree)
                pay(limits.under(), limits.min() - run);
            from = to;
        }
    }

    private void weekends(int[] days) {
        int count = 0;
        for (int index = 0; index < worked.length; index++) {
            int[] block = who.weekends()[index];
            int at = 0;
            for (int day : block)
                if (days[day] > 0)
                    at++;
            worked[index] = at > 0;
            if (at > 0)
                count++;
            if (at > 0 && at < block.length && who.completeWeekends() > 0) {
                boolean hasHole = block.length == 3 && at == 2 && days[block[1]] == 0;
                soft += (long) who.completeWeekends() * (hasHole ? 4 : block.length - at);
            }
            if (at == block.length && who.sameShift() > 0)
                for (int one = 0; one < block.length; one++) {
                    boolean isFirst = true;
                    for (int before = 0; before < one; before++)
                        if (days[block[before]] == days[block[one]])
                            isFirst = false;
                    if (isFirst)
                        for (int other : block)
                            if (days[other] != days[block[one]])
                                soft += who.sameShift();
                }
        }
        if (who.maxWeekends() != null && count > who.maxWeekends())
            hard += count - who.maxWeekends();
        System.arraycopy(worked, 0, holds, 0, worked.length);
        runs(who.weekendRun(), worked.length, true);
    }

    private void afterNights(int[] days) {
        if (who.oneFreeAfterNight() == 0 || model.night() == null)
            return;
        int night = model.night() + 1;
        for (int day = 1; day + 1 < days.length; day++)
            if (days[day - 1] == night && days[day] == 0 && days[day + 1] > 0)
                soft += who.oneFreeAfterNight();
    }

    private void patterns(int[] days) {
        for (int index = 0; index < startsHere.length; index++) {
            Model.Pattern pattern = who.patterns().get(index);
            int[][] steps = pattern.steps();
            for (int start = 0; start + steps.length <= days.length; start++)
                if (startsHere[index][start] && matches(steps, days, start))
                    soft += pattern.weight();
        }
    }

    private static boolean matches(int[][] steps, int[] days, int start) {
        for (int step = 0; step < steps.length; step++) {
            int choice = days[start + step];
            boolean isIn = false;
            for (int each : steps[step])
                if (each == choice)
                    isIn = true;
            if (!isIn)
                return false;
        }
        return true;
    }
}
