import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;

/** Keeps the score of each person and of each row of cover; only people who changed are judged again. */
public class Counter implements IncrementalScoreCalculator<Roster, HardSoftLongScore> {
    private Judge[] judges;
    private int[][] days;
    private boolean[] isChanged;
    private int[] changed;
    private int changes;
    private long[] hardOf;
    private long[] softOf;
    private int[][] here;
    private Model.Cover[][] rows;
    private long hard;
    private long soft;

    @Override
    public void resetWorkingSolution(Roster roster) {
        Model model = Roster.model;
        int people = model.people().size();
        int choices = model.shifts().size() + 1;
        judges = model.people().stream().map(who -> new Judge(model, who)).toArray(Judge[]::new);
        days = new int[people][model.days()];
        isChanged = new boolean[people];
        changed = new int[people];
        changes = 0;
        hardOf = new long[people];
        softOf = new long[people];
        here = new int[model.days()][choices];
        rows = new Model.Cover[model.days()][choices];
        hard = 0;
        soft = 0;
        for (Model.Cover row : model.cover()) {
            rows[row.day()][row.shift() + 1] = row;
            charge(row, 0, 1);
        }
        for (int person = 0; person < people; person++)
            mark(person);
        for (Cell cell : roster.cells)
            if (cell.getChoice() != null)
                put(cell, cell.getChoice());
    }

    private void mark(int person) {
        if (isChanged[person])
            return;
        isChanged[person] = true;
        changed[changes++] = person;
    }

    private void put(Cell cell, int choice) {
        int[] mine = days[cell.person];
        count(cell.day, mine[cell.day], -1);
        mine[cell.day] = choice;
        count(cell.day, choice, 1);
        mark(cell.person);
    }

    private void count(int day, int choice, int step) {
        Model.Cover row = rows[day][choice];
        if (choice == 0 || row == null)
            return;
        charge(row, here[day][choice], -1);
        here[day][choice] += step;
        charge(row, here[day][choice], 1);
    }

    private void charge(Model.Cover row, int count, int sign) {
        int lack = row.wanted() - count;
        Integer weight = lack > 0 ? row.under() : row.over();
        if (weight == null)
            hard += (long) sign * Math.abs(lack);
        else
            soft += (long) sign * weight * Math.abs(lack);
    }

    @Override
    public void beforeVariableChanged(Object entity, String name) {
    }

    @Override
    public void afterVariableChanged(Object entity, String name) {
        Cell cell = (Cell) entity;
        put(cell, cell.getChoice() == null ? 0 : cell.getChoice());
    }

    @Override
    public HardSoftLongScore calculateScore() {
        for (int index = 0; index < changes; index++) {
            int person = changed[index];
            isChanged[person] = false;
            Judge judge = judges[person];
            judge.judge(days[person]);
            hard += judge.hard - hardOf[person];
            soft += judge.soft - softOf[person];
            hardOf[person] = judge.hard;
            softOf[person] = judge.soft;
        }
        changes = 0;
        return HardSoftLongScore.of(-hard, -soft);
    }

    @Override
    public void beforeEntityAdded(Object entity) {
    }

    @Override
    public void afterEntityAdded(Object entity) {
    }

    @Override
    public void beforeEntityRemoved(Object entity) {
    }

    @Override
    public void afterEntityRemoved(Object entity) {
    }
}
