import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** All days of all people; cell (person, day) stands at person * days + day. */
@PlanningSolution
public class Roster {
    static Model model;

    @PlanningEntityCollectionProperty
    public List<Cell> cells = new ArrayList<>();
    @PlanningScore
    public HardSoftLongScore score;

    static Roster empty() {
        Roster roster = new Roster();
        for (int person = 0; person < model.people().size(); person++)
            for (int day = 0; day < model.days(); day++) {
                Integer[] costs = model.people().get(person).cells()[day];
                Integer[] most = model.people().get(person).maxOf();
                List<Integer> choices = IntStream.range(0, costs.length)
                        .filter(choice -> costs[choice] != null
                                && (choice == 0 || most[choice - 1] == null || most[choice - 1] > 0))
                        .boxed().toList();
                roster.cells.add(new Cell(roster.cells.size(), person, day, choices));
            }
        return roster;
    }
}
