import java.util.List;

/** A problem as bench/roster/model.ts writes it. Null costs: it must not happen. */
record Model(int days, List<String> shifts, Integer night, int[][] notNext, List<Person> people, List<Cover> cover) {
    record Person(String id, Integer[][] cells, Minutes minutes, Integer[] maxOf, Limits shifts, Runs work, Runs free,
            int[][] weekends, Integer maxWeekends, Runs weekendRun, int completeWeekends, int sameShift,
            int oneFreeAfterNight, List<Pattern> patterns) {
    }

    record Minutes(int[] amounts, int min, int max) {
    }

    record Limits(int min, int max, Integer under, Integer over) {
    }

    record Runs(int min, int max, Integer under, Integer over, boolean openEnds) {
    }

    record Pattern(int weight, int[] starts, int[][] steps) {
    }

    record Cover(int day, int shift, int wanted, Integer under, Integer over) {
    }
}
