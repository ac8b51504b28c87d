namespace Esb.Benchmarks.Peers;

/// <summary>A program that serves the project, run as its users run it.</summary>
internal interface IContender
{
    /// <summary>The name with the version, as the heading of its column.</summary>
    string Name { get; }

    /// <summary>What a user does after an edit, for the table.</summary>
    string WayOfChange { get; }

    int Port { get; }

    /// <summary>All its processes, including workers.</summary>
    ProcessGroup Processes { get; }

    /// <summary>
    /// Runs the command or commands; may return before it serves. Returns the milliseconds that the deploy of the
    /// project took, if that is a separate step.
    /// </summary>
    double? Start();

    /// <summary>Makes an edit live; may return before it is.</summary>
    void MakeLive();

    void Stop();
}
