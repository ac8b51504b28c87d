using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Listening;

/// <summary>
/// The log of Kestrel without the errors for answers that are left incomplete on purpose, which Kestrel logs as
/// application errors.
/// </summary>
internal sealed class KestrelLogging(ILoggerFactory all) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new WithoutBrokenOff(all.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => all.AddProvider(provider);

    // The inner factory belongs to the caller.
    public void Dispose()
    {
    }

    private sealed class WithoutBrokenOff(ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (exception is not BrokenOffException)
                logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
