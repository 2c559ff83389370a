import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Solves a roster problem with Timefold, for comparison. Use: MODEL OUT SECONDS PROCESSOR_SECONDS THREADS SEED.
 * It stops at whichever limit comes first. The free edition solves in one thread, so each thread has a solver
 * of its own seed, and the best roster counts. Prints one line of JSON.
 */
final class Main {
    public static void main(String[] args) throws Exception {
        Roster.model = new ObjectMapper().readValue(new File(args[0]), Model.class);
        long seconds = (long) Double.parseDouble(args[2]);
        double processor = Double.parseDouble(args[3]);
        int threads = Integer.parseInt(args[4]);
        int late = lateness(Math.min(seconds, processor / threads));
        List<Solver<Roster>> solvers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++)
            solvers.add(SolverFactory.<Roster>create(config(Long.parseLong(args[5]) + thread, late)
                    .withTerminationSpentLimit(Duration.ofSeconds(Math.max(1, seconds)))).buildSolver());
        Thread watch = new Thread(() -> watch(solvers, processor));
        watch.setDaemon(true);
        watch.start();
        Roster best = solvers.stream()
                .map(solver -> CompletableFuture.supplyAsync(() -> solver.solve(Roster.empty()), task -> new Thread(task).start()))
                .toList().stream().map(CompletableFuture::join)
                .max(Comparator.comparing(roster -> roster.score)).orElseThrow();
        write(best, Path.of(args[1]));
        System.out.printf("{\"score\": %d, \"hard\": %d, \"processor\": %.1f}%n", -best.score.softScore(),
                -best.score.hardScore(), spent());
    }

    /** A longer list of late scores ends better and later: 400 is best for half a minute (1258 on instance 5; 5000: 3586). */
    private static int lateness(double seconds) {
        return (int) Math.max(400, Math.min(5000, 10 * seconds));
    }

    private static SolverConfig config(long seed, int late) {
        return new SolverConfig().withSolutionClass(Roster.class).withEntityClasses(Cell.class).withRandomSeed(seed)
                .withScoreDirectorFactory(new ScoreDirectorFactoryConfig()
                        .withIncrementalScoreCalculatorClass(Counter.class))
                .withPhases(new ConstructionHeuristicPhaseConfig(), new LocalSearchPhaseConfig()
                        .withMoveSelectorConfig(new MoveIteratorFactoryConfig()
                                .withMoveIteratorFactoryClass(Moves.class))
                        .withAcceptorConfig(new LocalSearchAcceptorConfig().withLateAcceptanceSize(late))
                        .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1)));
    }

    private static double spent() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    private static void watch(List<Solver<Roster>> solvers, double processor) {
        while (spent() < processor)
            try {
                Thread.sleep(200);
            } catch (InterruptedException stopped) {
                return;
            }
        solvers.forEach(Solver::terminateEarly);
    }

    private static void write(Roster roster, Path file) throws Exception {
        StringBuilder text = new StringBuilder();
        int days = Roster.model.days();
        for (int person = 0; person < Roster.model.people().size(); person++) {
            text.append(Roster.model.people().get(person).id());
            for (int day = 0; day < days; day++) {
                Integer choice = roster.cells.get(person * days + day).getChoice();
                text.append('\t').append(choice == null || choice == 0 ? "" : Roster.model.shifts().get(choice - 1));
            }
            text.append('\n');
        }
        Files.writeString(file, text);
    }
}
