namespace Esb.Host.Processes;

/// <summary>
/// The command line of the programs that esb starts. Their settings come from the environment, and an unknown argument
/// must not start a program.
/// </summary>
/// <param name="program">Its name.</param>
/// <param name="does">What it does without arguments.</param>
/// <param name="version">Its version.</param>
/// <param name="words">Its other arguments, each with its effect.</param>
public sealed class ProgramArguments(
    string program, string does, string version, params IReadOnlyList<(string Word, string Does)> words)
{
    private const int Usage = 2;

    /// <summary>Handles the arguments that every program has, and refuses unknown ones.</summary>
    /// <returns>The exit code; null when the program has something to do.</returns>
    public int? Answer(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        switch (arguments)
        {
            case []:
                return null;
            case ["version" or "--version"]:
                output.WriteLine(version);
                return 0;
            case ["help" or "--help" or "-h" or "-?"]:
                output.WriteLine(Help());
                return 0;
            case [var word] when words.Any(w => w.Word == word):
                return null;
            default:
                var wrong = arguments.FirstOrDefault(a => words.All(w => w.Word != a)) ?? arguments[^1];
                error.WriteLine(
                    $"{program}: error: unknown argument '{wrong}'; {program} --help names those that it takes");
                return Usage;
        }
    }

    private string Help()
    {
        (string Word, string Does)[] all = [.. words, ("--version", "print the version"), ("--help", "print this")];
        var width = all.Max(w => w.Word.Length);
        return $"""
            {does} esb starts it; its settings are in the environment.

            Usage: {program} [WORD]

            {string.Join('\n', all.Select(w => $"  {w.Word.PadRight(width)}  {w.Does}"))}
            """;
    }
}
