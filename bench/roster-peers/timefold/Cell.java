import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.List;

/** One day of one person: what they do is planned. */
@PlanningEntity
public class Cell {
    @PlanningId
    public int id;
    public int person;
    public int day;
    private List<Integer> choices;
    private Integer choice;

    public Cell() {
    }

    Cell(int id, int person, int day, List<Integer> choices) {
        this.id = id;
        this.person = person;
        this.day = day;
        this.choices = choices;
    }

    @ValueRangeProvider
    public List<Integer> getChoices() {
        return choices;
    }

    @PlanningVariable
    public Integer getChoice() {
        return choice;
    }

    public void setChoice(Integer choice) {
        this.choice = choice;
    }
}
