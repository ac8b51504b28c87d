using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Esb.Benchmarks.Peers;

/// <summary>
/// One table for people, with the machine and the time of the measurement, and a JSON document with every single value.
/// </summary>
internal sealed class PeerTable(
    IReadOnlyList<IContender> contenders,
    Samples samples,
    int rounds,
    DateTimeOffset started)
{
    private string[] Columns => [contenders[0].Name, Round.BareName, .. contenders.Skip(1).Select(c => c.Name)];

    private IEnumerable<string> Failures =>
        samples.Failures.Select(f =>
            $"{f.Of.Contender}, {f.Of.Measure.Text()}: {string.Join("; ", f.Messages.Distinct())}");

    public string Markdown()
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{started:yyyy-MM-dd}, {Machine}. Medians of {rounds} rounds, each program once in every round, "
                + $"the same Python and Node function.\n\n");
        text.Append(Row(["what", .. Columns]));
        text.Append(Row([.. Enumerable.Repeat("---", Columns.Length + 1)]));
        foreach (var measure in Enum.GetValues<Measure>())
        {
            text.Append(Row([measure.Text(), .. Columns.Select(c => Cell(c, measure))]));
            if (measure == Measure.ColdBurst)
                text.Append(Row(["as a ratio to one", .. Columns.Select(Burst)]));
            if (measure == Measure.Change)
                text.Append(Row(
                [
                    "what one does for it",
                    .. Columns.Select(c => contenders.FirstOrDefault(x => x.Name == c)?.WayOfChange ?? ""),
                ]));
        }

        foreach (var failure in Failures)
            text.Append(CultureInfo.InvariantCulture, $"\n- Failed: {failure}.");
        return text.ToString();
    }

    public string Json()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("measured_at", started);
            json.WriteString("machine", Machine);
            json.WriteNumber("rounds", rounds);
            json.WriteStartArray("samples");
            foreach (var ((contender, measure), values) in samples.All)
                Write(json, contender, measure, values);
            json.WriteEndArray();
            json.WriteStartArray("failures");
            foreach (var failure in Failures)
                json.WriteStringValue(failure);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Machine => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores ({Processor}), {RuntimeInformation.OSArchitecture}, "
            + $"Linux {Environment.OSVersion.Version.ToString(2)}");

    private static string Processor =>
        File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?
            .Split(':')[1]
            .Trim()
            ?? "unknown";

    private static void Write(Utf8JsonWriter json, string contender, Measure measure, IReadOnlyList<double> values)
    {
        json.WriteStartObject();
        json.WriteString("of", contender);
        json.WriteString("what", measure.Text());
        json.WriteString("unit", measure.Unit());
        json.WriteNumber("median", Math.Round(Running.Median.Of(values), 3));
        json.WriteStartArray("values");
        foreach (var value in values)
            json.WriteNumberValue(Math.Round(value, 3));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |\n";

    private string Cell(string contender, Measure measure) =>
        (samples.Median(contender, measure), samples.FailedRounds(contender, measure)) switch
    {
        (null, 0) => "",
        (null, _) => "failed",
        ({ } value, 0) => Text(value, measure.Unit()),
        ({ } value, var failed) => $"{Text(value, measure.Unit())}, failed in {failed} of {rounds}",
    };

    private string Burst(string contender) =>
        samples.Median(contender, Measure.ColdBurst) / samples.Median(contender, Measure.ColdOne) is { } ratio
            ? ratio.ToString("0.0", CultureInfo.InvariantCulture)
            : "";

    private static string Text(double value, string unit) => unit switch
    {
        "us" when value >= 1_000 => $"{Number(value / 1_000)} ms",
        "us" => $"{Number(value)} µs",
        _ => $"{Number(value)} {unit}",
    };

    private static string Number(double value) =>
        value.ToString(value >= 1_000 ? "#,0" : value >= 100 ? "0" : "0.0", CultureInfo.InvariantCulture);
}
