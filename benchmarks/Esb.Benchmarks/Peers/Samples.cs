using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Peers;

/// <summary>The results of all rounds, and the failures.</summary>
internal sealed class Samples
{
    private readonly Dictionary<(string Contender, Measure Measure), List<double>> _values = [];
    private readonly Dictionary<(string Contender, Measure Measure), List<string>> _failures = [];

    public IEnumerable<((string Contender, Measure Measure) Of, IReadOnlyList<double> Values)> All =>
        _values.Select(v => (v.Key, (IReadOnlyList<double>)v.Value));

    public IEnumerable<((string Contender, Measure Measure) Of, IReadOnlyList<string> Messages)> Failures =>
        _failures.Select(f => (f.Key, (IReadOnlyList<string>)f.Value));

    public void Add(string contender, Measure measure, double value) => Add(_values, contender, measure, value);

    /// <summary>Takes a measurement that may fail; the error is then shown in the table.</summary>
    public void Try(string contender, IReadOnlyList<Measure> measures, Func<IReadOnlyList<double>> take)
    {
        try
        {
            foreach (var (measure, value) in measures.Zip(take()))
                Add(contender, measure, value);
        }
        catch (Exception e) when (
            e is IOException or InvalidOperationException or TimeoutException or System.Net.Sockets.SocketException)
        {
            foreach (var measure in measures)
                Add(_failures, contender, measure, e.Message);
        }
    }

    /// <summary>The median of the values; null if there are none.</summary>
    public double? Median(string contender, Measure measure) =>
        _values.TryGetValue((contender, measure), out var values) ? Running.Median.Of(values) : null;

    /// <summary>The number of rounds in which the measurement failed.</summary>
    public int FailedRounds(string contender, Measure measure) =>
        _failures.TryGetValue((contender, measure), out var failures) ? failures.Count : 0;

    private static void Add<T>(
        Dictionary<(string Contender, Measure Measure), List<T>> to,
        string contender,
        Measure measure,
        T value)
    {
        if (!to.TryGetValue((contender, measure), out var list))
            to[(contender, measure)] = list = [];
        list.Add(value);
    }
}
