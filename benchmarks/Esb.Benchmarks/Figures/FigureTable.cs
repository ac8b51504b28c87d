using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Esb.Benchmarks.Figures;

/// <summary>The rows for people, and a JSON document for programs.</summary>
internal static class FigureTable
{
    private const int What = 62;
    private const int Column = 14;

    public static string Head { get; } = Line("what", "floor", "value", "ratio", "goal", "reached");

    public static string Row(Figure figure) => Line(
        figure.What,
        figure.Floor is { } floor ? $"{Number(floor)} {figure.Unit}" : "",
        double.IsNaN(figure.Value) ? "failed" : $"{Number(figure.Value)} {figure.Unit}",
        figure.Ratio is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) + " x" : "",
        GoalText(figure),
        figure.Reached switch { true => "yes", false => "NO", null => "" });

    public static string Json(IReadOnlyList<Figure> figures, bool quick)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("measured_at", DateTimeOffset.UtcNow);
            json.WriteNumber("cores", Environment.ProcessorCount);
            json.WriteBoolean("quick", quick);
            json.WriteStartArray("figures");
            foreach (var figure in figures)
                Write(json, figure);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Figure figure)
    {
        json.WriteStartObject();
        json.WriteString("what", figure.What);
        json.WriteString("unit", figure.Unit);
        WriteNumber(json, "floor", figure.Floor);
        WriteNumber(json, "value", double.IsNaN(figure.Value) ? null : figure.Value);
        WriteNumber(json, "ratio", figure.Ratio);
        json.WriteString("goal", GoalText(figure));
        if (figure.Reached is { } reached)
            json.WriteBoolean("reached", reached);
        else
            json.WriteNull("reached");
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, Math.Round(number, 4));
        else
            json.WriteNull(name);
    }

    private static string GoalText(Figure figure) => figure.Goal.Kind switch
    {
        GoalKind.ValueAtMost => $"<= {Number(figure.Goal.Limit)} {figure.Unit}",
        GoalKind.RatioAtMost => $"<= {figure.Goal.Limit.ToString("0.0#", CultureInfo.InvariantCulture)} x",
        GoalKind.RatioAtLeast => $">= {figure.Goal.Limit.ToString("0.0#", CultureInfo.InvariantCulture)} x",
        _ => "",
    };

    private static string Number(double value) =>
        value.ToString(
            Math.Abs(value) >= 1_000 ? "#,0" : Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 10 ? "0.0" : "0.00",
            CultureInfo.InvariantCulture);

    private static string Line(string what, string floor, string value, string ratio, string goal, string reached) =>
        string.Concat(
            what.PadRight(What),
            floor.PadLeft(Column),
            value.PadLeft(Column),
            ratio.PadLeft(10),
            goal.PadLeft(Column + 2),
            "  " + reached).TrimEnd();
}
