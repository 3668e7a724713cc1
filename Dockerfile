FROM python:3.11-slim
WORKDIR /program
COPY requirements.lock pyproject.toml README.md ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY search_app search_app
COPY templates templates
RUN pip install --no-cache-dir --no-deps . && useradd --create-home --user-group imr && install -d -o imr -g imr /index
USER imr
WORKDIR /home/imr
EXPOSE 8000
ENTRYPOINT ["imr-search"]
CMD ["serve", "--host", "0.0.0.0"]
