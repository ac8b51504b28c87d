namespace Esb.Cli.Commands;

/// <summary>The output of <c>esb</c> without arguments: the next steps, in five lines.</summary>
internal static class Welcome
{
    public const string Text = """
        esb runs Lambda-style functions on this machine.
          esb up                         start the platform
          esb deploy -t template.yaml    make a SAM template live on http://127.0.0.1:8080
          esb status                     what runs; esb logs -f NAME shows what a function writes
        All commands: esb --help; a first template: esb init

        """;
}
