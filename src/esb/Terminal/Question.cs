namespace Esb.Cli.Terminal;

/// <summary>Questions on the terminal.</summary>
internal static class Question
{
    /// <summary>The answer without spaces around it; null at the end of input.</summary>
    public static string? Ask(string question, Screen screen)
    {
        screen.Error.Write(question);
        screen.Error.Flush();
        return Console.ReadLine()?.Trim();
    }

    public static bool IsYes(string? answer) => answer is "y" or "Y" or "yes" or "Yes" or "YES";
}
