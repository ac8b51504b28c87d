using System.Globalization;
using Esb.Benchmarks;
using Esb.Benchmarks.Bare;
using Esb.Benchmarks.Peers;

return args switch
{
    ["bare", var port] => await BareServer.RunAsync(int.Parse(port, CultureInfo.InvariantCulture)),
    ["parse", var template] => TemplateParse.Run(template),
    ["hand-off", var port, var runtimeApi] =>
        await HandOffServer.RunAsync(
            int.Parse(port, CultureInfo.InvariantCulture),
            int.Parse(runtimeApi, CultureInfo.InvariantCulture)),
    ["run", var binaries, var output, .. var more] when more.Except(["--quick"]).All(m => !m.StartsWith('-')) =>
        new BenchmarkRun(
            binaries,
            output,
            quick: more.Contains("--quick"),
            only: [.. more.Where(m => m != "--quick")]).Run(),
    ["peers", var binaries, var output, var modules, .. var more] when more is [] or ["--quick"] =>
        new PeersRun(binaries, output, modules, quick: more.Length > 0).Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "usage: esb-benchmarks run BINARIES OUTPUT [--quick] [GROUP…] | peers BINARIES OUTPUT MODULES [--quick] "
            + "| bare PORT | parse FILE | hand-off PORT RUNTIME_API_PORT");
    return 2;
}
