namespace Esb.Benchmarks.Peers;

/// <summary>The measurements of each program, in the order of the table.</summary>
internal enum Measure
{
    Start,
    StartAgain,
    Deploy,
    Change,
    Memory,
    MemoryWithoutStores,
    PythonP50,
    PythonP99,
    NodeP50,
    NodeP99,
    PythonThroughput,
    NodeThroughput,
    ColdOne,
    ColdBurst,
}

/// <summary>The texts for measures.</summary>
internal static class Measures
{
    public static string Text(this Measure measure) => measure switch
    {
        Measure.Start => "start: command → first 200 of the Python function",
        Measure.StartAgain => "start with what was deployed before → first 200",
        Measure.Deploy => "deploy of the project, a part of the start",
        Measure.Change => "change → live: edit of the Python function → new answer",
        Measure.Memory => "idle memory, all processes, one warm Python worker (PSS)",
        Measure.MemoryWithoutStores => "the same without the local stores",
        Measure.PythonP50 => "warm request, Python, 1 client, p50",
        Measure.PythonP99 => "the same, p99",
        Measure.NodeP50 => "warm request, Node, 1 client, p50",
        Measure.NodeP99 => "the same, p99",
        Measure.PythonThroughput => "32 clients, Python",
        Measure.NodeThroughput => "32 clients, Node",
        Measure.ColdOne => "cold start, Python",
        _ => $"{Project.Burst} cold starts at once, until the last",
    };

    public static string Unit(this Measure measure) => measure switch
    {
        Measure.Memory or Measure.MemoryWithoutStores => "MiB",
        Measure.PythonP50 or Measure.PythonP99 or Measure.NodeP50 or Measure.NodeP99 => "us",
        Measure.PythonThroughput or Measure.NodeThroughput => "req/s",
        _ => "ms",
    };
}
