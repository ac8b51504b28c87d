using System.Globalization;
using Esb.AdminProtocol;
using Esb.Gateway.Logs;
using Esb.Host.Logs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Logs;

public sealed class LogFileTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("esb-logs-").FullName;

    [After(Test)]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task All_lines_from_before_the_end_are_in_the_files_in_order()
    {
        var store = new LogStore(new LogStore.Files(_folder, LogBounds.Default), NullLogger<LogStore>.Instance);
        using var ending = new CancellationTokenSource();
        var writing = store.RunAsync(ending.Token);
        for (var i = 0; i < 2_500; i++)
            store.Add(Line(i % 2 == 0 ? "even" : "odd", i));
        await ending.CancelAsync();
        await Assert.That(async () => await writing).Throws<OperationCanceledException>();

        await Assert.That(Texts("even")).IsEquivalentTo(
            Enumerable.Range(0, 1_250).Select(i => Text(2 * i)), TUnit.Assertions.Enums.CollectionOrdering.Matching);
        await Assert.That(Texts("odd").Count).IsEqualTo(1_250);
    }

    [Test]
    public async Task A_line_is_written_to_its_file_soon_while_the_gateway_runs()
    {
        var store = new LogStore(new LogStore.Files(_folder, LogBounds.Default), NullLogger<LogStore>.Instance);
        using var ending = new CancellationTokenSource();
        var writing = store.RunAsync(ending.Token);
        store.Add(Line("alone", 1));
        await Eventually.TrueAsync(() => Texts("alone") is ["line 1"]);
        await ending.CancelAsync();
        await Assert.That(async () => await writing).Throws<OperationCanceledException>();
    }

    [Test]
    public async Task The_log_file_contains_a_functions_output_without_terminal_controls()
    {
        var store = new LogStore(new LogStore.Files(_folder, LogBounds.Default), NullLogger<LogStore>.Instance);
        using var ending = new CancellationTokenSource();
        var writing = store.RunAsync(ending.Token);
        const string Hostile = "\e[2J\u009b31m\u007f\u202egnp\r";
        store.Add(new LogRecord(DateTimeOffset.UnixEpoch, "hostile", "1", "", "", "stdout", Hostile));
        await ending.CancelAsync();
        await Assert.That(async () => await writing).Throws<OperationCanceledException>();

        await Assert.That(Texts("hostile")).IsEquivalentTo([Hostile]);
        var file = await File.ReadAllTextAsync(Path.Combine(_folder, "hostile.jsonl"));
        await Assert.That(file.Where(c => c is not '\n' && VisibleText.OneLine(c.ToString()) != c.ToString()))
            .IsEmpty();
    }

    private static LogRecord Line(string function, int number) =>
        new(DateTimeOffset.UnixEpoch, function, "1", "", "", "stdout", Text(number));

    private static string Text(int number) => string.Create(CultureInfo.InvariantCulture, $"line {number}");

    private List<string> Texts(string function)
    {
        var path = Path.Combine(_folder, function + ".jsonl");
        return File.Exists(path)
            ? [.. File.ReadLines(path)
                .Select(l => System.Text.Json.JsonDocument.Parse(l).RootElement.GetProperty("text").GetString()!)]
            : [];
    }
}
