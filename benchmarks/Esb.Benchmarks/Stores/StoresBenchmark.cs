using Esb.Benchmarks.Figures;
using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Stores;

/// <summary>
/// Operations on tables per second, compared with bare SQLite that runs the same statement with the same durability,
/// and with the servers that a user might choose instead.
/// </summary>
internal static class StoresBenchmark
{
    private static readonly int[] Clients = [1, 32];

    public static IEnumerable<Figure> Measure(Setting setting)
    {
        var duration = TimeSpan.FromSeconds(setting.Rounds(5, 1));
        using var esb = StoreServer.Esb(setting);
        yield return new Figure(
            "esb-stores: start to first answer",
            "ms",
            null,
            esb.StartMilliseconds,
            Goal.AtMost(60));
        yield return new Figure(
            "esb-stores: memory with 2,000 items",
            "MiB",
            null,
            esb.ResidentMemory,
            Goal.AtMost(30));
        var measured = new Dictionary<(StoreOperation, int), double>();
        using (var bare = new BareSqlite())
        {
            foreach (var operation in Enum.GetValues<StoreOperation>())
            {
                foreach (var clients in Clients)
                {
                    var floor = bare.Run(operation, clients, duration);
                    var value = esb.Run(operation, clients, duration).PerSecond;
                    measured[(operation, clients)] = value;
                    yield return new Figure(
                        $"{operation.Text()}, {Text(clients)} (floor: bare SQLite)",
                        "/s",
                        floor,
                        value,
                        Goal.RatioAtLeast(1 / 1.5));
                }
            }
        }

        foreach (var start in StoreServer.Others())
        {
            using var other = start();
            foreach (var ((operation, clients), value) in measured.Where(pair => other.Knows(pair.Key.Item1)))
            {
                yield return new Figure(
                    $"{operation.Text()}, {Text(clients)} (floor: {other.Name})",
                    "/s",
                    other.Run(operation, clients, duration).PerSecond,
                    value,
                    other.Name == "DynamoDB Local" ? Goal.RatioAtLeast(3) : Goal.None);
            }
        }
    }

    private static string Text(int clients) => clients == 1 ? "1 client" : $"{clients} clients";
}
