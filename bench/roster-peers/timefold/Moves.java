import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.move.AbstractMove;
import ai.timefold.solver.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/**
 * Moves that nurse rostering is known to need: one day changed, a stretch of one person's days made alike, two
 * days of one person exchanged, a stretch of days exchanged between two people.
 */
public class Moves implements MoveIteratorFactory<Roster, Moves.Put> {
    /** Gives some cells other choices at once. */
    public static final class Put extends AbstractMove<Roster> {
        private final Cell[] cells;
        private final Integer[] choices;

        Put(Cell[] cells, Integer[] choices) {
            this.cells = cells;
            this.choices = choices;
        }

        @Override
        public boolean isMoveDoable(ScoreDirector<Roster> director) {
            boolean changes = false;
            for (int index = 0; index < cells.length; index++) {
                if (!cells[index].getChoices().contains(choices[index]))
                    return false;
                changes |= !choices[index].equals(cells[index].getChoice());
            }
            return changes;
        }

        @Override
        protected void doMoveOnGenuineVariables(ScoreDirector<Roster> director) {
            for (int index = 0; index < cells.length; index++) {
                if (choices[index].equals(cells[index].getChoice()))
                    continue;
                director.beforeVariableChanged(cells[index], "choice");
                cells[index].setChoice(choices[index]);
                director.afterVariableChanged(cells[index], "choice");
            }
        }
    }

    @Override
    public long getSize(ScoreDirector<Roster> director) {
        List<Cell> cells = director.getWorkingSolution().cells;
        return (long) cells.size() * (Roster.model.shifts().size() + Roster.model.people().size() * 7L);
    }

    @Override
    public Iterator<Put> createOriginalMoveIterator(ScoreDirector<Roster> director) {
        throw new UnsupportedOperationException("These moves are made at random.");
    }

    @Override
    public Iterator<Put> createRandomMoveIterator(ScoreDirector<Roster> director, Random random) {
        List<Cell> cells = director.getWorkingSolution().cells;
        int days = Roster.model.days();
        int people = Roster.model.people().size();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Put next() {
                int person = random.nextInt(people);
                int kind = random.nextInt(10);
                int length = Math.min(days, kind < 3 ? 1 : 1 + random.nextInt(random.nextInt(4) == 0 ? 14 : 5));
                int from = random.nextInt(days - length + 1);
                if (kind < 5)
                    return alike(person, from, length);
                if (kind < 6)
                    return within(person, from, random.nextInt(days));
                return between(person, (person + 1 + random.nextInt(Math.max(1, people - 1))) % people, from, length);
            }

            private Cell cell(int person, int day) {
                return cells.get(person * days + day);
            }

            private Put alike(int person, int from, int length) {
                List<Integer> choices = cell(person, from).getChoices();
                Integer choice = choices.get(random.nextInt(choices.size()));
                Cell[] changed = new Cell[length];
                Integer[] wanted = new Integer[length];
                for (int index = 0; index < length; index++) {
                    changed[index] = cell(person, from + index);
                    wanted[index] = choice;
                }
                return new Put(changed, wanted);
            }

            private Put within(int person, int one, int other) {
                Cell[] changed = { cell(person, one), cell(person, other) };
                return new Put(changed, new Integer[] { changed[1].getChoice(), changed[0].getChoice() });
            }

            private Put between(int person, int other, int from, int length) {
                Cell[] changed = new Cell[2 * length];
                Integer[] wanted = new Integer[2 * length];
                for (int index = 0; index < length; index++) {
                    changed[2 * index] = cell(person, from + index);
                    changed[2 * index + 1] = cell(other, from + index);
                    wanted[2 * index] = changed[2 * index + 1].getChoice();
                    wanted[2 * index + 1] = changed[2 * index].getChoice();
                }
                return new Put(changed, wanted);
            }
        };
    }
}
