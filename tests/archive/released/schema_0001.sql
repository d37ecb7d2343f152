BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE articles (
	id INTEGER NOT NULL, 
	uri TEXT NOT NULL, 
	url TEXT NOT NULL, 
	canonical_url TEXT, 
	site TEXT NOT NULL, 
	document_id TEXT, 
	outlet TEXT, 
	headline TEXT NOT NULL, 
	date_published BIGINT, 
	dated BIGINT NOT NULL, 
	first_stored BIGINT NOT NULL, 
	checked BIGINT NOT NULL, 
	revision INTEGER NOT NULL, 
	content_hash TEXT NOT NULL, 
	text_hash TEXT, 
	CONSTRAINT pk_articles PRIMARY KEY (id), 
	CONSTRAINT uq_articles_uri UNIQUE (uri)
);
INSERT INTO "articles" VALUES(1,'newsbot:board.example/1','https://board.example/news/1?page=1','https://board.example/news/1','board.example','1',NULL,'시정 소식 1',1772420400,1772420400,1772420400,1772420400,2,'661890619e33f3f49655cedeb2a528da3d791130e2d297acfa63fe71b023f961','6a373be81e12d79c14ef3115e4d89681643f45e970d37d2c99f3c3dce01efb81');
INSERT INTO "articles" VALUES(2,'newsbot:board.example/2','https://board.example/news/2?page=1','https://board.example/news/2','board.example','2',NULL,'시정 소식 2',1772420400,1772420400,1772420400,1772420400,1,'38fc05e9a0c1432152b31bf8969fafda2893791a00d934fb43d2b2ff5051c59e','46fd15386c3d563b5d1fde3af0ca25a519263b2329dfef76a0ffc055298a1067');
INSERT INTO "articles" VALUES(3,'newsbot:board.example/3','https://board.example/news/3?page=1','https://board.example/news/3','board.example','3',NULL,'시정 소식 3',1772420400,1772420400,1772420400,1772420400,1,'209013bb221de2556801e40bb5ceb957f25fde29deb6b27db09772ec4cecd04a','46fd15386c3d563b5d1fde3af0ca25a519263b2329dfef76a0ffc055298a1067');
INSERT INTO "articles" VALUES(4,'newsbot:board.example/4','https://board.example/news/4?page=1','https://board.example/news/4','board.example','4',NULL,'시정 소식 4',1772420400,1772420400,1772420400,1772420400,1,'405c0b53d505dc7cc047f808872718332797f74b126fd05ec3725e2811baff1e','71c7270e8789544b760ae926de5155f94debc57d72325905fa1de43a9e7d094c');
INSERT INTO "articles" VALUES(5,'newsbot:board.example/7','https://board.example/news/7?page=1','https://board.example/news/7','board.example','7',NULL,'시정 소식 7',1772420400,1772420400,1772420400,1772420400,1,'f7be7e656e6b1017fb914e7b369e1cca97a9afeab8fe04a66688ae6ec62df1ee','7d30ece438a59fbf16194f75411a3de847b0b4cb6ebdd445c7d930c0e0cf01d0');
CREATE TABLE events (
	id INTEGER NOT NULL, 
	ledger_id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	happened BIGINT NOT NULL, 
	detail TEXT, 
	CONSTRAINT pk_events PRIMARY KEY (id), 
	CONSTRAINT fk_events_ledger_id FOREIGN KEY(ledger_id) REFERENCES ledger (id), 
	CONSTRAINT fk_events_run_id FOREIGN KEY(run_id) REFERENCES runs (id)
);
INSERT INTO "events" VALUES(1,6,1,'deleted',1772420400,'http 404');
CREATE TABLE ledger (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	document_id TEXT NOT NULL, 
	url TEXT NOT NULL, 
	headline JSON NOT NULL, 
	state TEXT NOT NULL, 
	article_id INTEGER, 
	first_listed BIGINT NOT NULL, 
	last_listed BIGINT NOT NULL, 
	listed_run INTEGER NOT NULL, 
	taken_run INTEGER, 
	next_try BIGINT, 
	attempts INTEGER NOT NULL, 
	failure TEXT, 
	settled_reach TEXT, 
	CONSTRAINT pk_ledger PRIMARY KEY (id), 
	CONSTRAINT ck_ledger_known_state CHECK (state IN ('listed', 'pending', 'stored', 'failed', 'secret', 'deleted', 'moved', 'vanished')), 
	CONSTRAINT fk_ledger_article_id FOREIGN KEY(article_id) REFERENCES articles (id), 
	CONSTRAINT fk_ledger_listed_run FOREIGN KEY(listed_run) REFERENCES runs (id), 
	CONSTRAINT fk_ledger_taken_run FOREIGN KEY(taken_run) REFERENCES runs (id), 
	CONSTRAINT uq_ledger_source_document_id UNIQUE (source, document_id)
);
INSERT INTO "ledger" VALUES(1,'board.example/news','1','https://board.example/news/1','{"document_id":"1","url":"https://board.example/news/1","title":"시정 소식 1","number":null,"poster":null,"date_raw":null,"date_listed":null,"date_precision":null,"views":null,"comments":null,"category":null,"notice":false,"flags":[]}','stored',1,1772420400,1772420400,1,1,NULL,0,NULL,'all');
INSERT INTO "ledger" VALUES(2,'board.example/news','2','https://board.example/news/2','{"document_id":"2","url":"https://board.example/news/2","title":"시정 소식 2","number":null,"poster":null,"date_raw":null,"date_listed":null,"date_precision":null,"views":null,"comments":null,"category":null,"notice":false,"flags":[]}','stored',2,1772420400,1772420400,1,1,NULL,0,NULL,'all');
INSERT INTO "ledger" VALUES(3,'board.example/news','3','https://board.example/news/3','{"document_id":"3","url":"https://board.example/news/3","title":"시정 소식 3","number":null,"poster":null,"date_raw":null,"date_listed":null,"date_precision":null,"views":null,"comments":null,"category":null,"notice":false,"flags":[]}','stored',3,1772420400,1772420400,1,1,NULL,0,NULL,'all');
INSERT INTO "ledger" VALUES(4,'board.example/news','4','https://board.example/news/4','{"document_id":"4","url":"https://board.example/news/4","title":"시정 소식 4","number":null,"poster":null,"date_raw":null,"date_listed":null,"date_precision":null,"views":null,"comments":null,"category":null,"notice":false,"flags":[]}','stored',4,1772420400,1772420400,1,1,NULL,0,NULL,'all');
INSERT INTO "ledger" VALUES(5,'board.example/news','5','https://board.example/news/5','{"document_id":"5","url":"https://board.example/news/5","title":"시정 소식 5","number":null,"poster":null,"date_raw":null,"date_listed":null,"date_precision":null,"views":null,"comments":null,"category":null,"notice":false,"flags":[]}','failed',NULL,1772420400,1772420400,1,1,1772420700,1,'no body','all');
INSERT INTO "ledger" VALUES(6,'board.example/news','6','https://board.example/news/6','{"document_id":"6","url":"https://board.example/news/6","title":"시정 소식 6","number":null,"poster":null,"date_raw":null,"date_listed":null,"date_precision":null,"views":null,"comments":null,"category":null,"notice":false,"flags":[]}','deleted',NULL,1772420400,1772420400,1,1,NULL,0,NULL,'all');
INSERT INTO "ledger" VALUES(7,'board.example/news','7','https://board.example/news/7','{"document_id":"7","url":"https://board.example/news/7","title":"시정 소식 7","number":null,"poster":null,"date_raw":null,"date_listed":null,"date_precision":null,"views":null,"comments":null,"category":null,"notice":false,"flags":[]}','stored',5,1772420400,1772420400,1,1,NULL,0,NULL,'all');
INSERT INTO "ledger" VALUES(8,'board.example/news','8','https://board.example/news/8','{"document_id":"8","url":"https://board.example/news/8","title":"시정 소식 8","number":null,"poster":null,"date_raw":null,"date_listed":null,"date_precision":null,"views":null,"comments":null,"category":null,"notice":false,"flags":[]}','pending',NULL,1772506800,1772506800,2,2,1772506800,0,NULL,NULL);
CREATE TABLE links (
	article_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	earliest_id INTEGER NOT NULL, 
	score FLOAT NOT NULL, 
	method TEXT NOT NULL, 
	found BIGINT NOT NULL, 
	CONSTRAINT pk_links PRIMARY KEY (article_id, kind), 
	CONSTRAINT fk_links_article_id FOREIGN KEY(article_id) REFERENCES articles (id), 
	CONSTRAINT fk_links_earliest_id FOREIGN KEY(earliest_id) REFERENCES articles (id)
);
INSERT INTO "links" VALUES(3,'exact',2,1.0,'letters-sha256/1',1772420400);
CREATE TABLE revisions (
	id INTEGER NOT NULL, 
	article_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	article JSON NOT NULL, 
	content_hash TEXT NOT NULL, 
	text_hash TEXT, 
	parser_version TEXT NOT NULL, 
	run_id INTEGER NOT NULL, 
	stored BIGINT NOT NULL, 
	CONSTRAINT pk_revisions PRIMARY KEY (id), 
	CONSTRAINT fk_revisions_article_id FOREIGN KEY(article_id) REFERENCES articles (id), 
	CONSTRAINT fk_revisions_run_id FOREIGN KEY(run_id) REFERENCES runs (id), 
	CONSTRAINT uq_revisions_article_id_number UNIQUE (article_id, number)
);
INSERT INTO "revisions" VALUES(1,1,1,'{"uri":"newsbot:board.example/1","url":"https://board.example/news/1?page=1","site":"board.example","document_id":"1","headline":"시정 소식 1","body":[{"type":"paragraph","text":"1번째 소식이다. 수원시는 내년 봄부터 도심 하천 세 곳의 산책로를 넓히고 야간 조명을 바꾸기로 했다고 2일 밝혔다. 공사는 장마가 오기 전에 끝나며 그동안 다리 두 곳은 돌아가야 한다."}],"date_fetched":"2026-03-02T12:00:00+09:00","canonical_url":"https://board.example/news/1","board":null,"headline_marks":["단독"],"story_form":null,"series":null,"deck":["산책로 넓힌다","- 조명도 바꿔"],"bylines":[{"name":"나그네","raw":"나그네 기자 nagne@paper.example","role":null,"agency":null,"place":null,"email":"nagne@paper.example","contribution":null}],"byline_raw":"나그네 기자 nagne@paper.example","dateline":null,"located":null,"images":[{"url":"https://board.example/1.jpg","caption":"새 산책로","credit_line":"수원시 제공"}],"section":null,"keywords":["수원","산책로"],"language":null,"source":null,"provider":null,"date_published":"2026-03-02T12:00:00+09:00","date_published_raw":null,"date_precision":null,"date_modified":null,"date_modified_raw":null,"copyright_notice":null,"usage_terms":[],"corrections":[],"listing":{"document_id":"1","url":"https://board.example/news/1","title":"시정 소식 1","number":null,"poster":null,"date_raw":null,"date_listed":"2026-03-02T12:00:00+09:00","date_precision":"minute","views":null,"comments":null,"category":null,"notice":false,"flags":["new"]},"provenance":{}}','b541718414aa4ac2b29154b51d606b0e0dfeb0bb41f5f8173d1e106a170a8ec8','be59c7fcf6036e97703e988887696c38d04b019593b071a7ad6f98772a8d1dd7','0.1.0',1,1772420400);
INSERT INTO "revisions" VALUES(2,1,2,'{"uri":"newsbot:board.example/1","url":"https://board.example/news/1?page=1","site":"board.example","document_id":"1","headline":"시정 소식 1","body":[{"type":"paragraph","text":"기상청은 이번 주말 동해안에 많은 눈이 내리겠으니 산간 도로를 지날 때 조심해 달라고 당부했다. 눈은 월요일 새벽에 그치고 낮부터는 기온이 오를 것으로 보인다."}],"date_fetched":"2026-03-02T12:00:00+09:00","canonical_url":"https://board.example/news/1","board":null,"headline_marks":[],"story_form":null,"series":null,"deck":[],"bylines":[],"byline_raw":null,"dateline":null,"located":null,"images":[],"section":"지역","keywords":[],"language":null,"source":null,"provider":null,"date_published":"2026-03-02T12:00:00+09:00","date_published_raw":null,"date_precision":null,"date_modified":null,"date_modified_raw":null,"copyright_notice":null,"usage_terms":[],"corrections":[],"listing":{"document_id":"1","url":"https://board.example/news/1","title":"시정 소식 1","number":null,"poster":null,"date_raw":null,"date_listed":null,"date_precision":null,"views":null,"comments":null,"category":null,"notice":false,"flags":[]},"provenance":{}}','661890619e33f3f49655cedeb2a528da3d791130e2d297acfa63fe71b023f961','6a373be81e12d79c14ef3115e4d89681643f45e970d37d2c99f3c3dce01efb81','0.1.0',1,1772420400);
INSERT INTO "revisions" VALUES(3,2,1,'{"uri":"newsbot:board.example/2","url":"https://board.example/news/2?page=1","site":"board.example","document_id":"2","headline":"시정 소식 2","body":[{"type":"paragraph","text":"수원시는 내년 봄부터 도심 하천 세 곳의 산책로를 넓히고 야간 조명을 바꾸기로 했다고 2일 밝혔다. 공사는 장마가 오기 전에 끝나며 그동안 다리 두 곳은 돌아가야 한다."}],"date_fetched":"2026-03-02T12:00:00+09:00","canonical_url":"https://board.example/news/2","board":null,"headline_marks":[],"story_form":null,"series":null,"deck":[],"bylines":[],"byline_raw":null,"dateline":null,"located":null,"images":[],"section":null,"keywords":[],"language":null,"source":null,"provider":null,"date_published":"2026-03-02T12:00:00+09:00","date_published_raw":null,"date_precision":null,"date_modified":null,"date_modified_raw":null,"copyright_notice":null,"usage_terms":[],"corrections":[],"listing":{"document_id":"2","url":"https://board.example/news/2","title":"시정 소식 2","number":null,"poster":null,"date_raw":null,"date_listed":null,"date_precision":null,"views":null,"comments":null,"category":null,"notice":false,"flags":[]},"provenance":{}}','38fc05e9a0c1432152b31bf8969fafda2893791a00d934fb43d2b2ff5051c59e','46fd15386c3d563b5d1fde3af0ca25a519263b2329dfef76a0ffc055298a1067','0.1.0',1,1772420400);
INSERT INTO "revisions" VALUES(4,3,1,'{"uri":"newsbot:board.example/3","url":"https://board.example/news/3?page=1","site":"board.example","document_id":"3","headline":"시정 소식 3","body":[{"type":"paragraph","text":"수원시는 내년 봄부터 도심 하천 세 곳의 산책로를 넓히고 야간 조명을 바꾸기로 했다고 2일 밝혔다. 공사는 장마가 오기 전에 끝나며 그동안 다리 두 곳은 돌아가야 한다."}],"date_fetched":"2026-03-02T12:00:00+09:00","canonical_url":"https://board.example/news/3","board":null,"headline_marks":[],"story_form":null,"series":null,"deck":[],"bylines":[],"byline_raw":null,"dateline":null,"located":null,"images":[],"section":null,"keywords":[],"language":null,"source":null,"provider":null,"date_published":"2026-03-02T12:00:00+09:00","date_published_raw":null,"date_precision":null,"date_modified":null,"date_modified_raw":null,"copyright_notice":null,"usage_terms":[],"corrections":[],"listing":{"document_id":"3","url":"https://board.example/news/3","title":"시정 소식 3","number":null,"poster":null,"date_raw":null,"date_listed":null,"date_precision":null,"views":null,"comments":null,"category":null,"notice":false,"flags":[]},"provenance":{}}','209013bb221de2556801e40bb5ceb957f25fde29deb6b27db09772ec4cecd04a','46fd15386c3d563b5d1fde3af0ca25a519263b2329dfef76a0ffc055298a1067','0.1.0',1,1772420400);
INSERT INTO "revisions" VALUES(5,4,1,'{"uri":"newsbot:board.example/4","url":"https://board.example/news/4?page=1","site":"board.example","document_id":"4","headline":"시정 소식 4","body":[{"type":"paragraph","text":"4번째 소식이다. 수원시는 내년 봄부터 도심 하천 세 곳의 산책로를 넓히고 야간 조명을 바꾸기로 했다고 2일 밝혔다. 공사는 장마가 오기 전에 끝나며 그동안 다리 두 곳은 돌아가야 한다."}],"date_fetched":"2026-03-02T12:00:00+09:00","canonical_url":"https://board.example/news/4","board":null,"headline_marks":["단독"],"story_form":null,"series":null,"deck":["산책로 넓힌다","- 조명도 바꿔"],"bylines":[{"name":"나그네","raw":"나그네 기자 nagne@paper.example","role":null,"agency":null,"place":null,"email":"nagne@paper.example","contribution":null}],"byline_raw":"나그네 기자 nagne@paper.example","dateline":null,"located":null,"images":[{"url":"https://board.example/1.jpg","caption":"새 산책로","credit_line":"수원시 제공"}],"section":"경제","keywords":["수원","산책로"],"language":null,"source":null,"provider":null,"date_published":"2026-03-02T12:00:00+09:00","date_published_raw":null,"date_precision":null,"date_modified":null,"date_modified_raw":null,"copyright_notice":null,"usage_terms":[],"corrections":[],"listing":{"document_id":"4","url":"https://board.example/news/4","title":"시정 소식 4","number":null,"poster":null,"date_raw":null,"date_listed":"2026-03-02T12:00:00+09:00","date_precision":"minute","views":null,"comments":null,"category":null,"notice":false,"flags":["new"]},"provenance":{}}','405c0b53d505dc7cc047f808872718332797f74b126fd05ec3725e2811baff1e','71c7270e8789544b760ae926de5155f94debc57d72325905fa1de43a9e7d094c','0.1.0',1,1772420400);
INSERT INTO "revisions" VALUES(6,5,1,'{"uri":"newsbot:board.example/7","url":"https://board.example/news/7?page=1","site":"board.example","document_id":"7","headline":"시정 소식 7","body":[{"type":"paragraph","text":"7번째 소식이다. 수원시는 내년 봄부터 도심 하천 세 곳의 산책로를 넓히고 야간 조명을 바꾸기로 했다고 2일 밝혔다. 공사는 장마가 오기 전에 끝나며 그동안 다리 두 곳은 돌아가야 한다."}],"date_fetched":"2026-03-02T12:00:00+09:00","canonical_url":"https://board.example/news/7","board":null,"headline_marks":[],"story_form":null,"series":null,"deck":[],"bylines":[],"byline_raw":null,"dateline":null,"located":null,"images":[],"section":null,"keywords":[],"language":null,"source":null,"provider":null,"date_published":"2026-03-02T12:00:00+09:00","date_published_raw":null,"date_precision":null,"date_modified":null,"date_modified_raw":null,"copyright_notice":null,"usage_terms":[],"corrections":[],"listing":{"document_id":"7","url":"https://board.example/news/7","title":"시정 소식 7","number":null,"poster":null,"date_raw":null,"date_listed":null,"date_precision":null,"views":null,"comments":null,"category":null,"notice":false,"flags":[]},"provenance":{}}','f7be7e656e6b1017fb914e7b369e1cca97a9afeab8fe04a66688ae6ec62df1ee','7d30ece438a59fbf16194f75411a3de847b0b4cb6ebdd445c7d930c0e0cf01d0','0.1.0',1,1772420400);
CREATE TABLE runs (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	name TEXT, 
	url TEXT NOT NULL, 
	options JSON NOT NULL, 
	state TEXT NOT NULL, 
	started BIGINT NOT NULL, 
	finished BIGINT, 
	reach TEXT, 
	figures JSON NOT NULL, 
	CONSTRAINT pk_runs PRIMARY KEY (id), 
	CONSTRAINT ck_runs_known_state CHECK (state IN ('running', 'finished', 'partial', 'failed', 'killed'))
);
INSERT INTO "runs" VALUES(1,'board.example/news','시정','https://board.example/news','{}','finished',1772420400,1772420400,'all','{"new":1}');
INSERT INTO "runs" VALUES(2,'board.example/news','시정','https://board.example/news','{}','running',1772506800,NULL,NULL,'{}');
CREATE INDEX ix_articles_canonical_url ON articles (canonical_url);
CREATE INDEX ix_articles_dated_id ON articles (dated, id);
CREATE INDEX ix_articles_document_id ON articles (document_id);
CREATE INDEX ix_articles_text_hash ON articles (text_hash);
CREATE INDEX ix_articles_url ON articles (url);
CREATE INDEX ix_runs_source_id ON runs (source, id);
CREATE INDEX ix_ledger_article_id ON ledger (article_id);
CREATE INDEX ix_ledger_source_listed_run_id ON ledger (source, listed_run, id);
CREATE INDEX ix_ledger_source_next_try_id ON ledger (source, next_try, id) WHERE next_try IS NOT NULL;
CREATE INDEX ix_links_earliest_id ON links (earliest_id);
CREATE INDEX ix_events_ledger_id ON events (ledger_id);
COMMIT;
